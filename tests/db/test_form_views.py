"""Views of layouts: a column for each field that declarations really have."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from databases import connected
from extraction_samples import declaration, extraction, value
from sqlalchemy import inspect, text

from db.form_views import IDENTIFIER_BYTES, FormField, column_names, form_views, identifier
from db.queries import run_sql
from extractors.forms.definition import FieldType


def save(store, run_info, *records):
    run = store.start_run(run_info)
    for number, record in enumerate(records, start=1):
        store.save(extraction(record, sha256=f"{number:064}", path=f"{number}.pdf"), run)
    store.finish_run(run)


def only_row(store, sql):
    result = run_sql(store, sql)
    (row,) = result.rows
    return dict(zip(result.columns, row, strict=True))


def test_a_column_for_each_field(store, run_info):
    save(store, run_info, declaration("河道养护"), declaration("泵站", "0.10", year=2020))
    row = only_row(store, "SELECT * FROM form_sh_2019 WHERE project_name = '泵站'")
    assert (row["id"], row["file"], row["year"], row["applicant"]) == (2, "2.pdf", 2020, "水务中心")
    assert Decimal(str(row["annual_budget"])) == Decimal("0.10")
    assert str(row["start_date"]) == str(date(2019, 1, 1))
    assert row["end_date"] is None
    assert (bool(row["fund_use/信息化"]), bool(row["fund_use/其他"])) == (True, False)
    assert row["fund_use/政府购买服务"] is None
    assert row["overview"] == "第一段\n第二段"
    assert row["to_review"] == 4
    assert not any(name.count("/") > 1 for name in row)


def test_columns_come_in_the_order_of_the_form(store, run_info, url):
    save(store, run_info, declaration())
    with connected(url) as connection:
        names = [c["name"] for c in inspect(connection).get_columns("form_sh_2019")]
    assert names[:7] == ["id", "file", "first_page", "last_page", "to_review", "title", "year"]
    assert names.index("annual_budget") < names.index("prev_budget")


def test_amounts_can_be_compared_and_added(store, run_info):
    save(store, run_info, declaration("甲", "9.50"), declaration("乙", "10.25"))
    row = only_row(
        store,
        "SELECT count(*) AS n, sum(annual_budget) AS total FROM form_sh_2019 "
        "WHERE annual_budget > 9",
    )
    assert (row["n"], Decimal(str(row["total"]))) == (2, Decimal("19.75"))


def test_a_new_field_gets_its_column_and_a_new_form_its_view(store, run_info):
    save(store, run_info, declaration())
    more = value("contact%:'名", FieldType.TEXT, "某甲", "某甲")
    changed = declaration("另一个", year=2021)
    other = replace(declaration("第三个", year=2022), form_id="mof_2015")
    save(
        store,
        replace(run_info, engine="tesseract"),
        replace(changed, values=(*changed.values, more)),
        other,
    )
    row = only_row(store, "SELECT * FROM form_sh_2019 WHERE year = 2021")
    assert row["contact%:'名"] == "某甲"
    assert only_row(store, "SELECT project_name FROM form_mof_2015") == {"project_name": "第三个"}


def test_a_view_that_others_are_built_upon_is_left_alone(store, run_info, url):
    save(store, run_info, declaration())
    with connected(url) as connection:
        connection.execute(text("CREATE VIEW mine AS SELECT id, year FROM form_sh_2019"))
    changed = declaration("另一个", year=2021)
    more = value("contact", FieldType.TEXT, "某甲", "某甲")
    record = replace(changed, values=(*changed.values, more))
    run = store.start_run(replace(run_info, engine="tesseract"))
    store.save(extraction(record, sha256="cc" * 32), run)
    store.finish_run(run)
    assert run_sql(store, "SELECT year FROM mine ORDER BY id").rows == ((2019,), (2021,))


def test_a_field_that_changed_its_type_is_text(store, run_info):
    other = replace(declaration("乙", year=2020), form_version=2)
    values = tuple(
        value("annual_budget", FieldType.TEXT, "见附件", "见附件")
        if v.path == "annual_budget"
        else v
        for v in other.values
    )
    save(store, run_info, declaration("甲"), replace(other, values=values))
    found = run_sql(store, "SELECT annual_budget FROM form_sh_2019 ORDER BY id").rows
    assert [str(v) for (v,) in found] == ["1300000.5", "见附件"] or [str(v) for (v,) in found] == [
        "1300000.50",
        "见附件",
    ]


def test_the_past_has_them_too(store, run_info, url):
    save(store, run_info, declaration("旧"))
    with connected(url) as connection:
        connection.execute(text("UPDATE filing_versions SET since = '2020-01-01 00:00:00'"))
        moments = [connection.execute(text("SELECT max(saved_at) FROM declarations")).scalar()]
    assert moments[0] is not None
    from db.past import parse_moment

    result = run_sql(store, "SELECT count(*) FROM form_sh_2019", as_of=parse_moment("2020-06-01"))
    assert result.rows == ((0,),)


@pytest.mark.parametrize("name", ["annual_budget", "字" * 21])
def test_names_that_fit_stay(name):
    assert identifier(name) == name


def test_long_names_are_cut_always_alike():
    one, other = identifier("字" * 40), identifier("字" * 41)
    assert one != other
    assert one == identifier("字" * 40)
    assert len(one.encode()) <= IDENTIFIER_BYTES
    assert one.startswith("字" * 18 + "~")


def test_columns_never_share_a_name():
    names = column_names(["id", "ID", "a", "A", "字" * 30, "字" * 31])
    assert len({name.lower() for name in names}) == 6


def test_more_fields_than_a_view_can_hold_go_on_in_the_next():
    fields = [FormField("f", f"k{n}", frozenset({"text"})) for n in range(3200)]
    views = list(form_views(fields, "postgresql"))
    assert [view.name for view in views] == ["form_f", "form_f_2", "form_f_3"]
    assert all(len(view.columns) < 1600 for view in views)
