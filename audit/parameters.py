"""What rules are run with: thresholds and word lists, as data that an office sets for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from extractors.errors import RequestError

DEFAULTS = Path(__file__).parent / "parameters.yaml"

LEAST = {"copied_indicator.projects": 2}
"""Least values of thresholds below which a rule says nothing: one project shares no row."""

Setting = Decimal | tuple[str, ...] | Mapping[str, Decimal] | Mapping[str, tuple[str, ...]]
"""A threshold, a list of words, or thresholds or words by name."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The settings of one rule."""

    rule: str
    settings: Mapping[str, Setting]
    _whole: dict[str, int] = field(default_factory=dict, repr=False)

    def number(self, name: str) -> Decimal:
        """A threshold."""
        found = self.settings[name]
        if not isinstance(found, Decimal):
            raise TypeError(f"{self.rule}.{name} is no number")
        return found

    def whole(self, name: str) -> int:
        """A count."""
        if name not in self._whole:
            self._whole[name] = int(self.number(name))
        return self._whole[name]

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        found = self.settings[name]
        if not isinstance(found, tuple):
            raise TypeError(f"{self.rule}.{name} is no list")
        return found

    def mapping(self, name: str) -> Mapping[str, Decimal] | Mapping[str, tuple[str, ...]]:
        """Settings by name."""
        found = self.settings[name]
        if isinstance(found, Decimal | tuple):
            raise TypeError(f"{self.rule}.{name} is no mapping")
        return found

    def numbers(self, name: str) -> dict[str, Decimal]:
        """Thresholds by name."""
        return {k: v for k, v in self.mapping(name).items() if isinstance(v, Decimal)}

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """Words by name."""
        return {k: v for k, v in self.mapping(name).items() if isinstance(v, tuple)}


@cache
def default_parameters() -> Mapping[str, Parameters]:
    """Settings by rule id, as `parameters.yaml` gives them."""
    read = YAML(typ="safe", pure=True).load(DEFAULTS.read_text("utf-8"))
    return {
        rule: Parameters(rule, {name: _setting(value) for name, value in (given or {}).items()})
        for rule, given in read.items()
    }


def with_settings(
    parameters: Mapping[str, Parameters], given: Iterable[str]
) -> dict[str, Parameters]:
    """The parameters with ``RULE.NAME=VALUE`` set; words of a list are divided by commas.

    Raises:
        RequestError: ``parameter_wrong``.
    """
    changed = dict(parameters)
    for entry in given:
        name, equals, value = entry.partition("=")
        rule, _, key = name.strip().partition(".")
        if not equals or rule not in changed or key not in changed[rule].settings:
            raise _wrong(entry, "没有这个参数，见 docs/audit.md / no such parameter; docs/audit.md")
        old = changed[rule].settings[key]
        changed[rule] = Parameters(
            rule,
            {
                **changed[rule].settings,
                key: _typed(entry, old, value.strip(), LEAST.get(f"{rule}.{key}")),
            },
        )
    return changed


def as_json(parameters: Mapping[str, Parameters], rules: Iterable[str]) -> dict[str, object]:
    """For the record of a run: numbers as text, so that none is rounded."""
    return {
        rule: {name: _plain(value) for name, value in parameters[rule].settings.items()}
        for rule in rules
    }


def _typed(entry: str, old: Setting, value: str, least: int | None) -> Setting:
    if isinstance(old, tuple):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    if not isinstance(old, Decimal):
        raise _wrong(entry, "此参数只能在文件里改 / this one is set in parameters.yaml only")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise _wrong(entry, "应为数 / takes a number") from None
    if not number.is_finite():
        raise _wrong(entry, "应为数 / takes a number")
    if least is not None and number < least:
        raise _wrong(entry, f"至少为 {least} / at least {least}")
    return number


def _wrong(entry: str, why: str) -> RequestError:
    return RequestError(f"{entry!r}: {why}", code="parameter_wrong")


def _setting(value: object) -> Setting:
    if isinstance(value, dict):
        made = {str(k): _setting(v) for k, v in value.items()}
        lists = {k: v for k, v in made.items() if isinstance(v, tuple)}
        return lists or {k: v for k, v in made.items() if isinstance(v, Decimal)}
    if isinstance(value, list):
        return tuple(str(v) for v in value)
    return Decimal(str(value))


def _plain(value: Setting) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    return {k: _plain(v) for k, v in value.items()}
