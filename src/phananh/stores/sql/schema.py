"""Making the tables, bringing them to what the code needs, and checking that they are so."""

from collections.abc import Sequence
from typing import Any

from phananh.errors import SchemaError
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.migrations import (
    Migration,
    Phases,
    SchemaState,
    last_version,
    list_steps,
    needed_version,
)
from phananh.stores.sql.session import LostRaceError, Select, Session


def read_state(select: Select, dialect: Dialect) -> SchemaState | None:
    """Return the last step that the tables have had, or None without tables."""
    if not select(dialect.say(dialect.has_tables), ()):
        return None
    rows = [tuple(each) for each in select(dialect.say("select * from phananh_schema"), ())]
    if len(rows) != 1 or not all(type(each) is int for each in rows[0]):
        return SchemaState(0, 0)
    version, *oldest = rows[0]
    return SchemaState(version, *oldest or (version,))


def check_state(state: SchemaState | None, dialect: Dialect, where: str) -> None:
    """Raise SchemaError unless this code can run on the tables."""
    needed, last = needed_version(dialect.migrations), last_version(dialect.migrations)
    if state is None:
        raise schema_error("none", needed, where, "tables_missing")
    if state.version < 1:
        raise schema_error("unknown", needed, where, "schema_older")
    if state.oldest > last:
        raise schema_error(str(state.version), needed, where, "schema_newer")
    if state.version < needed:
        raise schema_error(str(state.version), needed, where, "schema_older")


def schema_error(found: str, needed: int, where: str, code: str) -> SchemaError:
    """Return the error for tables on which this code cannot run."""
    return SchemaError(doing="opening", where=where, code=code, found=found, needed=str(needed))


def migrate(
    session: Session, dialect: Dialect, phase: Phases, *, where: str, upto: int | None = None
) -> list[str]:
    """Do the steps left of a phase, and return their names. The caller commits.

    `upto` is the last one to do, by default the last of all.

    Raises:
        LostRaceError: another process was migrating for longer than this one waits.
    """
    if dialect.lock_schema is not None:
        ((is_locked,),) = session.execute(dialect.say(dialect.lock_schema), ()).fetchall()
        if is_locked != 1:
            raise LostRaceError
    known = [step for step in dialect.migrations if upto is None or step.number <= upto]
    try:
        return _do_steps(session, dialect, known, phase, where)
    finally:
        if dialect.unlock_schema is not None:
            session.execute(dialect.say(dialect.unlock_schema), ()).fetchall()


def _do_steps(
    session: Session, dialect: Dialect, known: Sequence[Migration], phase: Phases, where: str
) -> list[str]:
    def select(statement: str, values: Any) -> Any:
        return session.execute(statement, values).fetchall()

    state = read_state(select, dialect)
    if state is not None and (state.version < 1 or state.oldest > last_version(dialect.migrations)):
        check_state(state, dialect, where)
    steps = list_steps(known, state.version if state else 0, phase)
    for step in steps:
        for statement in step.statements:
            session.execute(dialect.say(statement), ())
    if steps:
        session.execute(dialect.say(mark_done(steps[-1])), ())
    for statement in dialect.after_migrations:
        session.execute(dialect.say(statement), ())
    return [step.title for step in steps]


def mark_done(step: Migration) -> str:
    """Return the statement that records a step as the last one."""
    return f"update phananh_schema set version = {step.number}, oldest = {step.oldest}"  # noqa: S608


def schema_sql(dialect: Dialect, *, since: int = 0) -> str:
    """Return the statements of all steps after `since`, for an application's own migrations."""
    statements = list_statements([step for step in dialect.migrations if step.number > since])
    statements = [dialect.speech.qualify(each) for each in statements]
    return "".join(f"{statement};\n" for statement in statements)


def list_statements(steps: Sequence[Migration]) -> list[str]:
    """Return the statements of some steps, the last of which records that they were done."""
    statements = [each for step in steps for each in step.statements]
    return [*statements, mark_done(steps[-1])] if steps else []
