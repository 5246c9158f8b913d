"""The command line: one small module a command, found by name so that ``--help`` is quick."""

from shenbao.cli.main import main

__all__ = ["main"]
