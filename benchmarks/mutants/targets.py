"""Which files are mutated, and which tests concern them.

The tests are those that need no server and no second process: a process of its own would
import the file as it is.
"""

from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]


# Tests that read the sources as text: the codes of errors, each with its facts.
READERS = ("tests/messages/test_messages.py",)


@attrs.frozen
class Group:
    """Files that one set of tests concerns."""

    name: str
    files: tuple[str, ...]  # inside `phananh`; a star stands for names
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


GROUPS = (
    Group(
        name="calendar",
        files=(
            "worktime/calendar/*.py",
            "worktime/algebra.py",
            "worktime/session.py",
            "worktime/timetable.py",
        ),
        tests=(
            "tests/worktime",
            "tests/adversarial/test_calendars.py",
            "tests/cli/commands/test_due.py",
            "tests/cli/commands/test_hours.py",
            "tests/test_mistakes.py",
            "tests/test_pandas.py",
        ),
    ),
    Group(
        name="desk",
        files=("desk/*.py",),
        tests=(
            "tests/desk",
            "tests/office",
            "tests/act_log",
            "tests/aio",
            *(f"tests/adversarial/test_{name}.py" for name in ("accused", "lifecycle", "races")),
            *(f"tests/cli/commands/test_{name}.py" for name in ("case", "recalculate", "replay")),
            "tests/cli/test_transcripts.py",
            "tests/regulation/test_rules.py",
            "tests/stores/test_every_store.py",
            "tests/test_mistakes.py",
        ),
        ignored=("tests/desk/test_consume_killed.py",),
    ),
    Group(
        name="regulation",
        files=("regulation/*.py",),
        # What the clauses say in numbers and words: data, each held against the text elsewhere.
        without=("regulation/readings.py",),
        tests=(
            "tests/regulation",
            "tests/adversarial/test_lifecycle.py",
            "tests/desk",
            "tests/act_log",
            "tests/office",
            "tests/test_articles.py",
            "tests/stores/test_codec.py",
            "tests/stores/test_golden.py",
            "tests/test_plain_value.py",
        ),
        ignored=("tests/desk/test_consume_killed.py",),
    ),
    Group(
        name="stores",
        files=("stores/*.py", "stores/sql/*.py"),
        without=("stores/postgres.py", "stores/sqlalchemy.py"),
        tests=(
            "tests/stores/sql",
            "tests/stores/sqlite",
            *(f"tests/stores/test_{name}.py" for name in ("base", "codec", "copying", "memory")),
            *(f"tests/stores/test_{name}.py" for name in ("open", "golden", "every_store")),
            "tests/faults/test_every_call.py",
            "tests/cli/commands/test_db.py",
            "tests/desk",
            *("-m", "not slow and not postgres and not mariadb"),
        ),
        ignored=("tests/desk/test_consume_killed.py",),
    ),
)


def list_files(group: Group, package: Path) -> list[str]:
    """Return the files of a group, as paths inside the package."""
    found = {
        path.relative_to(package).as_posix()
        for pattern in group.files
        for path in package.glob(pattern)
        if path.name != "__init__.py"
    }
    return sorted(found.difference(group.without))


def module_of(file: str) -> str:
    """Return the name of the module in a file of the package."""
    return f"phananh.{file.removesuffix('.py').replace('/', '.')}"
