"""The table of rules in docs/audit.md, from the catalogue and its parameters."""

from __future__ import annotations

from pathlib import Path

from audit.catalogue import catalogue
from audit.parameters import Parameters, Setting, default_parameters

PAGE = Path(__file__).parents[1] / "docs" / "audit.md"
BEGIN, END = "<!-- rules -->", "<!-- /rules -->"
SHOWN_WORDS = 12


def with_rules(page: str) -> str:
    """The page with its table of rules as the code has it."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_tables()}\n{END}{after}"


def _tables() -> str:
    lines: list[str] = []
    group = ""
    for rule in catalogue().values():
        if rule.group != group:
            group = rule.group
            lines += ["", f"### {group.replace('_', ' ')}", ""]
            lines += ["| rule | severity | what it finds | parameters and defaults |"]
            lines += ["| --- | --- | --- | --- |"]
        settings = _settings(default_parameters()[rule.id])
        lines.append(f"| `{rule.id}` | {rule.severity} | {rule.zh}。{rule.en}. | {settings} |")
    return "\n".join([*lines, ""])


def _settings(parameters: Parameters) -> str:
    return "<br>".join(f"`{name}`: {_shown(value)}" for name, value in parameters.settings.items())


def _shown(value: Setting) -> str:
    if isinstance(value, tuple):
        words = ", ".join(value[:SHOWN_WORDS]).replace("|", "\\|").replace("*", "\\*")
        return words + (f", … ({len(value)})" if len(value) > SHOWN_WORDS else "")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in value.items())
    return str(value)


if __name__ == "__main__":
    PAGE.write_text(with_rules(PAGE.read_text("utf-8")), "utf-8")
