"""A declaration as text that an OCR service returned: tab-separated cells, `<input>` boxes."""

from __future__ import annotations

from samples.content import Option
from samples.declaration import Layout
from samples.wording import TITLE, spell_date

LONG_BEFORE = ("overview", "basis", "necessity", "safeguards")
LONG_AFTER = ("implementation_plan", "overall_goal", "annual_goal")


def as_markup(layout: Layout) -> str:
    """Markdown text of a declaration; one line for each row of the table."""
    content, wording = layout.content, layout.wording
    labels = wording.labels
    start = spell_date(content.start_date, wording.start_style, "开始日期")
    end = spell_date(content.end_date, wording.end_style, "结束日期")
    heading = [TITLE, wording.year(content.year), f"{labels['applicant']}：{content.applicant}"]
    rows = [
        (labels["project_name"], content.project_name),
        (labels["project_type"], _boxes(content.project_type[:3])),
        ("", _boxes(content.project_type[3:])),
        (labels["fund_use"], _boxes(content.fund_use)),
        (labels["start_date"], start, labels["end_date"], end),
        *_long_rows(layout, LONG_BEFORE),
        *_money_rows(layout),
        ("", labels["subproject_name"], labels["subproject_amount"]),
        *_subproject_rows(layout),
        *_long_rows(layout, LONG_AFTER),
        (labels["indicators"],),
        tuple(labels[key] for key in ("level1", "level2", "level3", "target")),
        *_indicator_rows(layout),
        *_long_rows(layout, ("remarks",)),
    ]
    return "\n\n".join(heading) + "\n\n" + "\n".join("\t".join(row) for row in rows) + "\n"


def _boxes(options: tuple[Option, ...]) -> str:
    boxes = {
        True: ' <input checked="" type="checkbox"/>',
        False: ' <input type="checkbox"/>',
        None: "",
    }
    return " ".join(option.label + boxes[option.marked] for option in options)


def _cell(text: str) -> str:
    paragraphs = text.split("\n")
    return text if len(paragraphs) == 1 else " ".join(f"<p>{p}</p>" for p in paragraphs)


def _long_rows(layout: Layout, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(layout.wording.labels[key], _cell(layout.visible[key])) for key in keys]


def _money_rows(layout: Layout) -> list[tuple[str, ...]]:
    labels, content = layout.wording.labels, layout.content
    rows: list[tuple[str, ...]] = []
    for pair in (("total_budget", "annual_budget"), ("prev_budget", "prev_execution")):
        cells: list[str] = []
        for key in pair:
            cells += [labels[key], layout.wording.amount(content.amount(key))]
        rows.append(tuple(cells))
    return rows


def _subproject_rows(layout: Layout) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for index, row in enumerate(layout.content.subprojects):
        label = layout.wording.labels["subprojects"] if index == 0 else ""
        amount = "" if row.amount is None else layout.wording.amount(row.amount)
        rows.append((label, row.name, amount))
    return rows


def _indicator_rows(layout: Layout) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    previous = ""
    for index, row in enumerate(layout.content.indicators):
        first = row.level1 if row.level1 != previous else ""
        previous = row.level1
        cells = [layout.visible[f"indicators/{index}/{key}"] for key in ("level3", "target")]
        rows.append((first, row.level2, *(_cell(text) for text in cells)))
    return rows
