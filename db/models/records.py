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

    x0: Mapped[float | None] = mapped_column(Fraction)
    y0: Mapped[float | None] = mapped_column(Fraction)
    x1: Mapped[float | None] = mapped_column(Fraction)
    y1: Mapped[float | None] = mapped_column(Fraction)


class OwnedByRecord:
    """Belongs to a declaration or to an unmatched form, never to both."""

    @declared_attr
    def declaration_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        """Owner with a known layout."""
        return mapped_column(ForeignKey("declarations.id", ondelete="CASCADE"))

    @declared_attr
    def unmatched_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        """Owner without one."""
        return mapped_column(ForeignKey("unmatched.id", ondelete="CASCADE"))


class IssueRow(OwnedByRecord, Base):
    """A reason why a person should look at a value."""

    __tablename__ = "issues"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        UniqueConstraint("field_value_id", "position"),
        Index(None, "declaration_id", "path"),
        Index(None, "unmatched_id"),
        Index(None, "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    field_value_id: Mapped[int] = mapped_column(ForeignKey("field_values.id", ondelete="CASCADE"))
    position: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)


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

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    raw: Mapped[str | None] = mapped_column(Text)
    value_text: Mapped[str | None] = mapped_column(Text)
    value_amount: Mapped[Decimal | None] = mapped_column(Money)
    value_date: Mapped[date | None]
    value_bool: Mapped[bool | None]
    value_int: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(Text)
    page: Mapped[int | None]
    confidence: Mapped[float | None] = mapped_column(Fraction)
    engine: Mapped[str | None] = mapped_column(Text)
    parsed: Mapped[list[dict[str, Any]]] = mapped_column(Json)

    issues: Mapped[list[IssueRow]] = relationship(
        passive_deletes=True, order_by=IssueRow.position, lazy="selectin"
    )


class SubprojectRow(Base):
    """A row of a declaration's sub-projects."""

    __tablename__ = "subprojects"
    __table_args__ = (UniqueConstraint("declaration_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    extra: Mapped[dict[str, Any]] = mapped_column(Json)


class IndicatorRow(Base):
    """A row of a declaration's performance indicators."""

    __tablename__ = "indicators"
    __table_args__ = (UniqueConstraint("declaration_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id", ondelete="CASCADE"))
    position: Mapped[int]
    level1: Mapped[str | None] = mapped_column(Text)
    level2: Mapped[str | None] = mapped_column(Text)
    level3: Mapped[str | None] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(Text)
    parsed: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    extra: Mapped[dict[str, Any]] = mapped_column(Json)


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
        Index(None, "project_name"),
        Index(None, "form_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id", ondelete="CASCADE"))
    filing_id: Mapped[int] = mapped_column(ForeignKey("filings.id", ondelete="CASCADE"))
    correction_id: Mapped[int | None] = mapped_column(
        ForeignKey("corrections.id", ondelete="CASCADE")
    )
    link: Mapped[str] = mapped_column(Text)
    identity: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ordinal: Mapped[int]
    form_id: Mapped[str] = mapped_column(Text)
    form_version: Mapped[int]
    first_page: Mapped[int]
    last_page: Mapped[int]
    pages: Mapped[list[int]] = mapped_column(Json)
    row_keys: Mapped[dict[str, list[str]]] = mapped_column(Json)
    extras: Mapped[dict[str, Any]] = mapped_column(Json)
    title: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]
    applicant: Mapped[str | None] = mapped_column(Text)
    project_name: Mapped[str | None] = mapped_column(Text)

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

    id: Mapped[int] = mapped_column(primary_key=True)
    unmatched_id: Mapped[int] = mapped_column(ForeignKey("unmatched.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    page: Mapped[int]
    confidence: Mapped[float] = mapped_column(Fraction)


class UnmatchedMarkRow(Boxed, Base):
    """A tick box on a form nobody has defined."""

    __tablename__ = "unmatched_marks"
    __table_args__ = (UniqueConstraint("unmatched_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unmatched_id: Mapped[int] = mapped_column(ForeignKey("unmatched.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    page: Mapped[int]


class UnmatchedRow(Base):
    """A form nobody has defined; ``payload`` keeps all that geometry alone gave."""

    __tablename__ = "unmatched"
    __table_args__ = (UniqueConstraint("extraction_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    first_page: Mapped[int]
    last_page: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)

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
