"""What people said of a filing: the corrections that are in force."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Correction
from normalizers.corrections import HumanCorrection


def corrections_in_force(session: Session, filing: int) -> list[HumanCorrection]:
    """The latest correction of each field that nobody took back, oldest first."""
    rows = session.scalars(
        select(Correction).where(Correction.filing_id == filing).order_by(Correction.id)
    ).all()
    undone = {row.undoes_id for row in rows}
    latest = {
        (row.path, row.row_texts): row
        for row in rows
        if row.undoes_id is None and row.id not in undone
    }
    return [
        HumanCorrection(row.id, row.path, row.row_texts, row.raw_seen, row.value_after or "")
        for row in sorted(latest.values(), key=lambda row: row.id)
    ]


def latest_correction(session: Session, filing: int) -> int | None:
    """The number of the last thing a person said of a filing, taking back included."""
    last = select(func.max(Correction.id)).where(Correction.filing_id == filing)
    return session.scalar(last)
