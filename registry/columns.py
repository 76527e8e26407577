"""Column types and SQL that differ between SQLite and PostgreSQL: time, JSON, the clock, the end of a text.

Time is always the database's own: `Now()` is written inside the statement that stores or compares it, so the clock of a
worker plays no part. SQLite keeps time as text of fixed width, which sorts as time does; its clock ticks in
milliseconds. JSON is kept as text in PostgreSQL too (JSON, not JSONB): JSONB would reorder the keys of people's values.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, Float, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from registry.plain import plain

_SQLITE_CLOCK = "strftime('%Y-%m-%d %H:%M:%f', 'now'"


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, timestamp with time zone elsewhere."""
        return dialect.type_descriptor(String(26) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To UTC, and to text on SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None).isoformat(" ", "milliseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        time = datetime.fromisoformat(value) if isinstance(value, str) else value
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Plain values as JSON text; None is SQL NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Only what JSON and both databases can hold."""
        return plain(value)


class Now(FunctionElement[datetime]):
    """The database's clock at this statement, in UTC."""

    type = UtcTime()
    inherit_cache = True


class Later(FunctionElement[datetime]):
    """The database's clock plus a number of seconds (a plain number or a column expression)."""

    type = UtcTime()
    inherit_cache = True

    def __init__(self, seconds: float | ColumnElement[Any]) -> None:
        super().__init__(seconds if isinstance(seconds, ColumnElement) else literal(seconds, Float()))


class Tail(FunctionElement[str]):
    """The last `length` characters of a text."""

    type = String()
    inherit_cache = True


@compiles(Now, "sqlite")
def _now_sqlite(element: Now, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{_SQLITE_CLOCK})"


@compiles(Now, "postgresql")
def _now_postgresql(element: Now, compiler: SQLCompiler, **kw: Any) -> str:
    return "clock_timestamp()"


@compiles(Later, "sqlite")
def _later_sqlite(element: Later, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{_SQLITE_CLOCK}, ({compiler.process(element.clauses, **kw)}) || ' seconds')"


@compiles(Later, "postgresql")
def _later_postgresql(element: Later, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(clock_timestamp() + ({compiler.process(element.clauses, **kw)}) * interval '1 second')"


@compiles(Tail, "sqlite")
def _tail_sqlite(element: Tail, compiler: SQLCompiler, **kw: Any) -> str:
    text, length = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"substr({text}, -({length}))"


@compiles(Tail, "postgresql")
def _tail_postgresql(element: Tail, compiler: SQLCompiler, **kw: Any) -> str:
    text, length = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"right({text}, {length})"
