"""The fields that layouts had when they were read: what the views of layouts are made from."""

from __future__ import annotations

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class FormFieldRow(Base):
    """A field of a layout that some declaration has; cells of repeated rows are left out."""

    __tablename__ = "form_fields"
    __table_args__ = (UniqueConstraint("form_id", "path", "type"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    form_id: Mapped[str] = mapped_column(Text, doc="layout")
    path: Mapped[str] = mapped_column(Text, doc="field, such as `annual_budget`")
    type: Mapped[str] = mapped_column(Text, doc="what the definition says that it is")
    position: Mapped[int] = mapped_column(doc="place in the first declaration that had it, from 0")
