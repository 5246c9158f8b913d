"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Double, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine

FEN_PER_YUAN = 100
"""SQLite has no exact decimal type, so that it stores amounts as whole 分."""

MAX_FEN = 2**63 - 1
"""Largest amount in 分 that an SQLite integer holds."""

Json = JSON(none_as_null=True)
Fraction: Double[float] = Double()


class Money(TypeDecorator[Decimal]):
    """An exact amount in yuan: NUMERIC(20, 2) on PostgreSQL, whole 分 on SQLite.

    Raises:
        ValueError: On binding an amount with a part of a 分, or one too large to store. Nothing
            is ever rounded.
    """

    impl = Numeric(20, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Chooses the storage type of the database at hand."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(20, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Yuan to what the database stores."""
        if value is None:
            return None
        fen = value.scaleb(2)
        if not fen.is_finite() or fen != fen.to_integral_value() or abs(fen) > MAX_FEN:
            raise ValueError(f"{value} 元 is no exact amount that can be stored")
        return int(fen) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """What the database stores to yuan with two places."""
        if value is None:
            return None
        return yuan_from_fen(value) if dialect.name == "sqlite" else Decimal(value)


def yuan_from_fen(fen: int) -> Decimal:
    """Exact yuan, always with two places."""
    return Decimal(fen).scaleb(-2)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone, stored as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Any aware moment to UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)
