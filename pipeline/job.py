"""What an invocation reads with, and how it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.models import Command
from db.store import RunInfo
from extractors.forms.definition import FormDefinition
from normalizers.records import Extraction
from pipeline.code_prints import parser_print, reader_print
from pipeline.definitions import definitions_in_use, fingerprint
from pipeline.executors import Executor, readings
from pipeline.options import EXTRACTOR_VERSION, Options

READER, PARSER = "reader", "parser"
"""Keys of a run's options that hold the fingerprints of the code."""


@dataclass(frozen=True, slots=True)
class Job:
    """One invocation that reads files.

    Attributes:
        options: How files are read.
        command: What was asked for.
        executor: Where they are read.
        workers: Processes of the pool.
    """

    options: Options
    command: Command
    executor: Executor = Executor.POOL
    workers: int = 1

    @property
    def definitions(self) -> tuple[FormDefinition, ...]:
        """The layouts in use.

        Raises:
            FormDefinitionError: A definition is wrong.
        """
        return definitions_in_use(self.options.forms_dir)

    def read(self, files: Sequence[Path]) -> Iterator[Extraction]:
        """Reads files, in order or as they finish."""
        return readings(self.options, executor=self.executor, workers=self.workers)(files)

    def run_info(self) -> RunInfo:
        """The record of the invocation: all that decides what it reads.

        Raises:
            FormDefinitionError: A definition is wrong.
        """
        return RunInfo(
            extractor_version=EXTRACTOR_VERSION,
            engine=self.options.engine,
            definitions_fingerprint=fingerprint(self.definitions),
            options={
                "executor": self.executor.value,
                "workers": self.workers,
                READER: reader_print(self.options.engine),
                PARSER: parser_print(),
            },
            command=self.command,
        )
