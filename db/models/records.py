"""Tables of what was found: declarations, unmatched forms, and every value with its proof."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from db.models.base import Base
from db.models.columns import Fraction, Json, Money, UtcDateTime


class Link(StrEnum):
    """How a reading belongs to its filing."""

    FIRST = "first"
    REREAD = "reread"
    REVISION = "revision"
    DUPLICATE = "duplicate"
    REPLACEMENT = "replacement"


LINKS = ", ".join(f"'{link}'" for link in Link)

ONE_OWNER = "(declaration_id IS NULL) <> (unmatched_id IS NULL)"


class Boxed:
    """Place on a page, in fractions of the page as displayed upright."""

    x0: Mapped[float | None] = mapped_column(Fraction, doc="left edge, fraction of the page")
    y0: Mapped[float | None] = mapped_column(Fraction, doc="top edge, fraction of the page")
    x1: Mapped[float | None] = mapped_column(Fraction, doc="right edge, fraction of the page")
    y1: Mapped[float | None] = mapped_column(Fraction, doc="bottom edge, fraction of the page")


class OwnedByRecord:
    """Belongs to a declaration or to an unmatched form, never to both."""

    @declared_attr
    def declaration_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        """Owner with a known layout."""
        return mapped_column(
            ForeignKey("declarations.id", ondelete="CASCADE"), doc="reading it belongs to"
        )

    @declared_attr
    def unmatched_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        """Owner without one."""
        return mapped_column(
            ForeignKey("unmatched.id", ondelete="CASCADE"),
            doc="form without a known layout it belongs to",
        )


class IssueRow(OwnedByRecord, Base):
    """A reason why a person should look at a value.

    What a person is shown of the value is repeated here: values to review are few, and stand far
    apart among the millions.
    """

    __tablename__ = "issues"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        UniqueConstraint("field_value_id", "position"),
        Index(None, "declaration_id", "path"),
        Index(None, "unmatched_id"),
        Index(None, "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    field_value_id: Mapped[int] = mapped_column(
        ForeignKey("field_values.id", ondelete="CASCADE"), doc="value it speaks of"
    )
    position: Mapped[int] = mapped_column(doc="order among the issues of the value, from 0")
    path: Mapped[str] = mapped_column(Text, doc="field, or group of fields, concerned")
    code: Mapped[str] = mapped_column(Text, doc="why a person should look ([codes](records.md))")
    message: Mapped[str] = mapped_column(Text, doc="the same in Chinese and English")
    raw: Mapped[str | None] = mapped_column(Text, doc="`raw` of the value")
    page: Mapped[int | None] = mapped_column(doc="`page` of the value")
    confidence: Mapped[float | None] = mapped_column(Fraction, doc="`confidence` of the value")


class FieldValueRow(OwnedByRecord, Boxed, Base):
    """One value: as read, as understood, and where on the page it stands."""

    __tablename__ = "field_values"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        UniqueConstraint("declaration_id", "position"),
        UniqueConstraint("unmatched_id", "position"),
        Index(None, "declaration_id", "path"),
        Index(None, "path"),
        Index(
            "ix_field_values_amounts",
            "path",
            "declaration_id",
            "value_amount",
            sqlite_where=text("value_amount IS NOT NULL"),
            postgresql_where=text("value_amount IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    position: Mapped[int] = mapped_column(doc="order on the form, from 0")
    path: Mapped[str] = mapped_column(
        Text, doc="field, such as `annual_budget`, `subprojects/0/amount`, `fund_use/政策补贴类`"
    )
    type: Mapped[str] = mapped_column(Text, doc="type of the field in its layout")
    raw: Mapped[str | None] = mapped_column(
        Text, doc="text as read, never changed; empty where nothing was found"
    )
    value_text: Mapped[str | None] = mapped_column(Text, doc="the value, if it is a text")
    value_amount: Mapped[Decimal | None] = mapped_column(
        Money, doc="the value, if it is an amount or a number"
    )
    value_date: Mapped[date | None] = mapped_column(doc="the value, if it is a date")
    value_bool: Mapped[bool | None] = mapped_column(doc="the value, if it is a tick box")
    value_int: Mapped[int | None] = mapped_column(doc="the value, if it is a year")
    unit: Mapped[str | None] = mapped_column(Text, doc="for amounts: unit printed")
    page: Mapped[int | None] = mapped_column(doc="page of the file, from 1")
    confidence: Mapped[float | None] = mapped_column(
        Fraction,
        doc="probability that it is right; for long text the expected share of right characters",
    )
    engine: Mapped[str | None] = mapped_column(Text, doc="what read it; `person` for a correction")
    parsed: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, doc="for indicator targets: the quantities in it"
    )

    issues: Mapped[list[IssueRow]] = relationship(
        passive_deletes=True, order_by=IssueRow.position, lazy="selectin"
    )


class SubprojectRow(Base):
    """A row of a declaration's sub-projects."""

    __tablename__ = "subprojects"
    __table_args__ = (UniqueConstraint("declaration_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"), doc="reading"
    )
    position: Mapped[int] = mapped_column(doc="row in print, from 0")
    name: Mapped[str | None] = mapped_column(Text, doc="name of the sub-project")
    amount: Mapped[Decimal | None] = mapped_column(Money, doc="its amount")
    extra: Mapped[dict[str, Any]] = mapped_column(Json, doc="further columns of the layout")


class IndicatorRow(Base):
    """A row of a declaration's performance indicators."""

    __tablename__ = "indicators"
    __table_args__ = (UniqueConstraint("declaration_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"), doc="reading"
    )
    position: Mapped[int] = mapped_column(doc="row in print, from 0")
    level1: Mapped[str | None] = mapped_column(
        Text, doc="first-level indicator, repeated on every row it spans"
    )
    level2: Mapped[str | None] = mapped_column(
        Text, doc="second-level indicator, repeated on every row it spans"
    )
    level3: Mapped[str | None] = mapped_column(Text, doc="third-level indicator")
    target: Mapped[str | None] = mapped_column(Text, doc="target as printed")
    parsed: Mapped[list[dict[str, Any]]] = mapped_column(Json, doc="the quantities in the target")
    extra: Mapped[dict[str, Any]] = mapped_column(Json, doc="further columns of the layout")


class DeclarationRow(Base):
    """One reading of a filing: a form whose layout is known, as a run or a person left it.

    The identity columns repeat its values of those names; ``extras`` keeps the pairs and marks
    that it has beyond its definition. A correction makes a whole new row, so that every state
    stays.
    """

    __tablename__ = "declarations"
    __table_args__ = (
        CheckConstraint(f"link IN ({LINKS})", name="link"),
        Index(
            "uq_declarations_as_read",
            "extraction_id",
            "ordinal",
            unique=True,
            sqlite_where=text("correction_id IS NULL"),
            postgresql_where=text("correction_id IS NULL"),
        ),
        Index(None, "extraction_id", "ordinal", "correction_id", unique=True),
        Index(None, "filing_id"),
        Index(None, "correction_id"),
        Index(None, "identity"),
        Index(None, "applicant", "year"),
        Index(None, "year", "applicant", "project_name"),
        Index(None, "project_name"),
        Index(None, "form_id"),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, doc="of the reading; not the number of the declaration"
    )
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), doc="reading of the file"
    )
    filing_id: Mapped[int] = mapped_column(
        ForeignKey("filings.id", ondelete="CASCADE"), doc="number of the declaration"
    )
    correction_id: Mapped[int | None] = mapped_column(
        ForeignKey("corrections.id", ondelete="CASCADE"),
        doc="last correction put onto it; empty as the machine read it",
    )
    link: Mapped[str] = mapped_column(
        Text,
        doc="how it belongs to the declaration: `first`, `reread`, `revision`, `duplicate` or "
        "`replacement`",
    )
    identity: Mapped[str | None] = mapped_column(
        Text,
        doc="form, year, applicant and project, letters and digits alone; empty where one is "
        "doubtful",
    )
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when it was saved")
    ordinal: Mapped[int] = mapped_column(doc="place among the records of the file, from 0")
    form_id: Mapped[str] = mapped_column(Text, doc="layout")
    form_version: Mapped[int] = mapped_column(doc="version of the layout")
    first_page: Mapped[int] = mapped_column(doc="first page in the file")
    last_page: Mapped[int] = mapped_column(doc="last page in the file")
    pages: Mapped[list[int]] = mapped_column(Json, doc="all its pages")
    row_keys: Mapped[dict[str, list[str]]] = mapped_column(
        Json, doc="columns of its tables, for rebuilding the record"
    )
    extras: Mapped[dict[str, Any]] = mapped_column(Json, doc="pairs and marks beyond the layout")
    title: Mapped[str | None] = mapped_column(Text, doc="title as read")
    year: Mapped[int | None] = mapped_column(doc="fiscal year")
    applicant: Mapped[str | None] = mapped_column(Text, doc="unit that files it")
    project_name: Mapped[str | None] = mapped_column(Text, doc="name of the project")

    values: Mapped[list[FieldValueRow]] = relationship(
        passive_deletes=True, order_by=FieldValueRow.position
    )
    issues: Mapped[list[IssueRow]] = relationship(passive_deletes=True)
    subprojects: Mapped[list[SubprojectRow]] = relationship(
        passive_deletes=True, order_by=SubprojectRow.position
    )
    indicators: Mapped[list[IndicatorRow]] = relationship(
        passive_deletes=True, order_by=IndicatorRow.position
    )


class UnmatchedPairRow(Boxed, Base):
    """A label and its text on a form nobody has defined; the box is the text's."""

    __tablename__ = "unmatched_pairs"
    __table_args__ = (UniqueConstraint("unmatched_id", "position"), Index(None, "label"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    unmatched_id: Mapped[int] = mapped_column(
        ForeignKey("unmatched.id", ondelete="CASCADE"), doc="form"
    )
    position: Mapped[int] = mapped_column(doc="order on the form, from 0")
    label: Mapped[str] = mapped_column(Text, doc="label as read")
    value: Mapped[str] = mapped_column(Text, doc="text that belongs to it")
    page: Mapped[int] = mapped_column(doc="page of the label, from 1")
    confidence: Mapped[float] = mapped_column(Fraction, doc="probability that the value is right")


class UnmatchedMarkRow(Boxed, Base):
    """A tick box on a form nobody has defined."""

    __tablename__ = "unmatched_marks"
    __table_args__ = (UniqueConstraint("unmatched_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    unmatched_id: Mapped[int] = mapped_column(
        ForeignKey("unmatched.id", ondelete="CASCADE"), doc="form"
    )
    position: Mapped[int] = mapped_column(doc="order on the form, from 0")
    label: Mapped[str] = mapped_column(Text, doc="text beside the box")
    state: Mapped[str] = mapped_column(Text, doc="`checked`, `empty` or `unknown`")
    page: Mapped[int] = mapped_column(doc="page of the file, from 1")


class UnmatchedRow(Base):
    """A form nobody has defined; ``payload`` keeps all that geometry alone gave."""

    __tablename__ = "unmatched"
    __table_args__ = (UniqueConstraint("extraction_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the form")
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), doc="reading of the file"
    )
    ordinal: Mapped[int] = mapped_column(doc="place among the records of the file, from 0")
    title: Mapped[str] = mapped_column(Text, doc="title as read")
    first_page: Mapped[int] = mapped_column(doc="first page in the file")
    last_page: Mapped[int] = mapped_column(doc="last page in the file")
    payload: Mapped[dict[str, Any]] = mapped_column(
        Json, doc="all that geometry gave, for rebuilding the record"
    )

    values: Mapped[list[FieldValueRow]] = relationship(
        passive_deletes=True, order_by=FieldValueRow.position
    )
    issues: Mapped[list[IssueRow]] = relationship(passive_deletes=True)
    pairs: Mapped[list[UnmatchedPairRow]] = relationship(
        passive_deletes=True, order_by=UnmatchedPairRow.position
    )
    marks: Mapped[list[UnmatchedMarkRow]] = relationship(
        passive_deletes=True, order_by=UnmatchedMarkRow.position
    )
