"""A declaration as rules see it."""

from datetime import date
from decimal import Decimal

from subjects import subject


def test_values_and_tables() -> None:
    seen = subject(
        year="2019年",
        project_name="科普",
        annual_budget="300",
        start_date="2019年1月1日",
        subprojects=[{"name": "甲", "amount": "100"}, {"name": "乙", "amount": "200"}],
    )
    assert (seen.year, seen.project_name, seen.applicant) == (2019, "科普", "")
    assert seen.amount("annual_budget") == Decimal("300.00")
    assert seen.day("start_date") == date(2019, 1, 1)
    assert [row["amount"].value for row in seen.rows("subprojects")] == [100, 200]
    assert seen.rows("indicators") == ()
    assert "indicators" in seen.tables


def test_doubtful_is_not_sure() -> None:
    seen = subject(annual_budget="300", doubtful=["annual_budget"], unread=["total_budget"])
    assert seen.has("annual_budget")
    assert not seen.sure("annual_budget")
    assert seen.amount("annual_budget") is None
    assert seen.values["total_budget"].value is None


def test_faults_of_the_paper_are_sure() -> None:
    seen = subject(start_date="19年1月1")
    assert seen.sure("start_date")
    assert seen.day("start_date") == date(2019, 1, 1)
