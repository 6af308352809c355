"""Making the tables, bringing them to what the code needs, and what state they are in.

The table `phananh_schema` has one row: the last step that was done, and the oldest code that can
run on it.
"""

from collections.abc import Sequence

from phananh.errors import InputError, SchemaError, short_repr
from phananh.stores.sql.dialect import (
    PHASES,
    Dialect,
    LostRaceError,
    Migration,
    Phases,
    Select,
    Session,
    make_select,
)

# The last step that was done, or 0 if nobody can say, and the oldest code that can run.
SchemaState = tuple[int, int]


def read_state(select: Select, dialect: Dialect) -> SchemaState | None:
    """Return the last step that the tables have had, or None without tables."""
    if not select(dialect.say(dialect.has_tables), ()):
        return None
    rows = [tuple(each) for each in select(dialect.say("select * from phananh_schema"), ())]
    if len(rows) != 1 or not all(type(each) is int and each > 0 for each in rows[0]):
        return 0, 0
    ((version, *oldest),) = rows
    return version, *(oldest or (version,))


def needed_version(dialect: Dialect) -> int:
    """Return the last step that must be done before this code can run: what is post may wait."""
    return max(step.number for step in dialect.migrations if step.phase == "pre")


def last_version(dialect: Dialect) -> int:
    """Return the number of the last step that this code knows."""
    return dialect.migrations[-1].number


def check_state(state: SchemaState | None, dialect: Dialect, where: str) -> None:
    """Raise SchemaError unless this code can run on the tables."""
    needed = needed_version(dialect)
    if state is None:
        raise schema_error("none", needed, where, "tables_missing")
    version, oldest = state
    found = str(version or "unknown")
    if oldest > last_version(dialect):
        raise schema_error(found, needed, where, "schema_newer")
    if version < needed:
        raise schema_error(found, needed, where, "schema_older")


def schema_error(found: str, needed: int, where: str, code: str) -> SchemaError:
    """Return the error for tables on which this code cannot run."""
    return SchemaError(doing="opening", where=where, code=code, found=found, needed=str(needed))


def check_phase(phase: object) -> Phases:
    """Return a phase, or refuse another value."""
    if phase not in PHASES:
        raise InputError(field="phase", code="unknown_value", value=short_repr(phase), known=PHASES)
    return phase


def list_steps(migrations: Sequence[Migration], done: int, phase: Phases) -> tuple[Migration, ...]:
    """Return the steps that are left, in order, up to the first of another phase."""
    left: list[Migration] = []
    for step in migrations:
        if step.number <= done:
            continue
        if phase not in ("all", step.phase):
            break
        left.append(step)
    return tuple(left)


def migrate(
    session: Session, dialect: Dialect, phase: Phases, *, where: str, upto: int | None = None
) -> list[str]:
    """Do the steps left of a phase, and return their names. The caller commits.

    `upto` is the last one to do, by default the last of all.

    Raises:
        LostRaceError: another process was migrating for longer than this one waits.
    """
    select = make_select(session)
    if dialect.lock_schema is not None:
        ((is_locked,),) = select(dialect.say(dialect.lock_schema), ())
        if is_locked != 1:
            raise LostRaceError
    try:
        state = read_state(select, dialect)
        if state is not None and (not state[0] or state[1] > last_version(dialect)):
            check_state(state, dialect, where)
        known = [step for step in dialect.migrations if upto is None or step.number <= upto]
        steps = list_steps(known, state[0] if state else 0, phase)
        for statement in (*list_statements(steps), *dialect.after_migrations):
            session.execute(dialect.say(statement), ())
    finally:
        if dialect.unlock_schema is not None:
            select(dialect.say(dialect.unlock_schema), ())
    return [step.title for step in steps]


def list_statements(steps: Sequence[Migration]) -> list[str]:
    """Return the statements of some steps, the last of which records that they were done."""
    if not steps:
        return []
    number, oldest = steps[-1].number, steps[-1].oldest
    done = f"update phananh_schema set version = {number}, oldest = {oldest}"  # noqa: S608
    return [each for step in steps for each in step.statements] + [done]


def schema_sql(dialect: Dialect, *, since: int) -> str:
    """Return the statements of all steps after `since`, for an application's own migrations."""
    statements = list_statements([step for step in dialect.migrations if step.number > since])
    return "".join(f"{dialect.qualify(statement)};\n" for statement in statements)
