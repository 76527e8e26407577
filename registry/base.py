"""What all tables share: the names of constraints, the width of ids and names, who made a row and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from registry.columns import Now, UtcTime

Counter = BigInteger().with_variant(Integer(), "sqlite")
Id = String(32)
Name = String(100)


class Base(DeclarativeBase):
    """All tables; constraints have predictable names so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Made:
    """Who made a row, and when by the database's clock."""

    created_at: Mapped[datetime] = mapped_column(UtcTime, default=Now())
    created_by: Mapped[str] = mapped_column(Name)
