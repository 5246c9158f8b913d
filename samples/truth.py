"""The truth about a printed declaration, in the record format that `shenbao extract` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from samples.content import Content, Option
from samples.wording import TITLE

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
Values: TypeAlias = "dict[str, Json]"
FORM_ID = "sh_2019"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect reader prints for one declaration.

    Attributes:
        path: File name, relative to the truth file.
        pages: Its pages in that file, from 1.
        values: As the contract's ``values``, without what only a reader can know.
        form: Id of its layout.
    """

    path: str
    pages: tuple[int, ...]
    values: Values
    form: str = FORM_ID

    def as_line(self) -> str:
        """One line of JSON."""
        record = {
            "kind": "declaration",
            "form": self.form,
            "source": {"path": self.path, "pages": list(self.pages)},
            "values": self.values,
        }
        return json.dumps(record, ensure_ascii=False)


def values_of(content: Content, visible: Mapping[str, str]) -> Values:
    """Values of a declaration.

    Args:
        content: What it says.
        visible: Path → text as the print shows it, where that may differ.
    """

    def shown(path: str, text: str) -> str:
        return visible.get(path, text)

    texts: Values = {k: shown(k, v) for k, v in content.long_texts.items() if k != "remarks"}
    goals = ("implementation_plan", "overall_goal", "annual_goal")
    return {
        "title": TITLE,
        "year": content.year,
        "applicant": content.applicant,
        "project_name": content.project_name,
        "project_type": _marks(content.project_type),
        "fund_use": _marks(content.fund_use),
        "start_date": content.start_date.isoformat(),
        "end_date": content.end_date.isoformat(),
        **{k: v for k, v in texts.items() if k not in goals},
        **{
            key: money(content.amount(key))
            for key in ("total_budget", "annual_budget", "prev_budget", "prev_execution")
        },
        "subprojects": [
            {"name": row.name, "amount": "" if row.amount is None else money(row.amount)}
            for row in content.subprojects
        ],
        **{k: texts[k] for k in goals},
        "indicators": [
            {
                "level1": row.level1,
                "level2": row.level2,
                "level3": shown(f"indicators/{index}/level3", row.level3),
                "target": shown(f"indicators/{index}/target", row.target),
            }
            for index, row in enumerate(content.indicators)
        ],
        "remarks": shown("remarks", content.long_texts["remarks"]),
    }


def money(yuan: Decimal) -> str:
    """Decimal string with two places."""
    return str(yuan.quantize(CENT))


def _marks(options: tuple[Option, ...]) -> Values:
    return {option.label: option.marked for option in options}
