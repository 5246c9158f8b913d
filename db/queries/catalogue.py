"""The named queries: one ``.sql`` file each, whose leading comment is its description in YAML.

Whoever writes SQL can add one; no Python is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from extractors.errors import StoreError

ParameterValue = str | int | float | None


class QueryError(StoreError):
    """A query is unknown, wrong, or not one that only reads."""

    exit_code = 2


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class QueryParameter(_Strict):
    """One parameter of a named query.

    Attributes:
        type: What its value must be.
        default: Used where none is given; ``None`` stands for "all".
        zh: What it does, in Chinese.
        en: What it does, in English.
    """

    type: Literal["text", "int", "number"]
    default: str | int | float | None = None
    zh: str
    en: str

    def parse(self, name: str, given: ParameterValue) -> ParameterValue:
        """A value as the parameter's type.

        Raises:
            QueryError: ``query_parameter`` where it is no such value.
        """
        if given is None or self.type == "text":
            return None if given is None else str(given)
        try:
            return int(str(given)) if self.type == "int" else float(Decimal(str(given)))
        except (ValueError, InvalidOperation):
            raise QueryError(
                f"参数 {name} 应为数字 / parameter {name} must be a number, not {given!r}",
                code="query_parameter",
            ) from None


class NamedQuery(_Strict):
    """A question with a name.

    Attributes:
        name: Also the file's name.
        zh: What it answers, in Chinese.
        en: What it answers, in English.
        sql: One SELECT with ``:parameter`` places.
        parameters: By name.
        amounts: Result columns that hold stored amounts; printed in yuan.
    """

    name: str
    zh: str
    en: str
    sql: str
    parameters: Mapping[str, QueryParameter] = Field(default_factory=dict)
    amounts: list[str] = Field(default_factory=list)

    def bind(self, given: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
        """Values of all parameters, defaults filled in.

        Raises:
            QueryError: ``query_parameter`` for an unknown name or a wrong value.
        """
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            raise QueryError(
                f"查询 {self.name} 没有参数 {', '.join(unknown)} / no such parameter; "
                f"it knows: {', '.join(self.parameters) or '-'}",
                code="query_parameter",
            )
        return {
            name: parameter.parse(name, given.get(name, parameter.default))
            for name, parameter in self.parameters.items()
        }


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All named queries, by name, in alphabetical order."""
    found = (entry for entry in files(__package__).iterdir() if entry.name.endswith(".sql"))
    queries = (_parse(e.name.removesuffix(".sql"), e.read_text(encoding="utf-8")) for e in found)
    return {query.name: query for query in sorted(queries, key=lambda query: query.name)}


def find_query(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        QueryError: ``query_unknown``.
    """
    found = named_queries().get(name)
    if found is None:
        raise QueryError(
            f"没有名为 {name} 的查询 / no query named {name}; "
            f"there are: {', '.join(named_queries())}",
            code="query_unknown",
        )
    return found


def _parse(name: str, content: str) -> NamedQuery:
    lines = content.splitlines()
    header = [line for line in lines if line.startswith("--")]
    described = YAML(typ="safe", pure=True).load("\n".join(line[2:] for line in header))
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
    return NamedQuery.model_validate({"name": name, "sql": sql} | described)
