"""Which files are mutated, and which tests concern them.

The tests are those that need no server and no second process: a process of its own would
import the file as it is.
"""

from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]


@attrs.frozen
class Group:
    """Files that one set of tests concerns."""

    name: str
    files: tuple[str, ...]  # inside `phananh`; a star stands for names
    without: tuple[str, ...]
    tests: tuple[str, ...]
    ignored: tuple[str, ...]


GROUPS = (
    Group(
        name="calendar",
        files=(
            "worktime/calendar/combined.py",
            "worktime/calendar/day_rules.py",
            "worktime/calendar/openings.py",
            "worktime/calendar/table.py",
            "worktime/calendar/years.py",
            "worktime/timetables/*.py",
        ),
        without=(),
        tests=(
            "tests/worktime/calendar",
            "tests/worktime/timetables",
            "tests/worktime/explain",
            "tests/worktime/test_messages.py",
            "tests/worktime/test_instants.py",
        ),
        ignored=(
            "tests/worktime/calendar/test_mutants.py",  # of defects, and long laws
            "tests/worktime/calendar/test_table_mutants.py",
            "tests/worktime/calendar/test_laws_in_zones.py",
            "tests/worktime/calendar/test_laws_of_days.py",
            "tests/worktime/calendar/test_same_zone.py",
        ),
    ),
    Group(
        name="desk",
        files=(
            "desk/act_methods.py",
            "desk/arguments.py",
            "desk/calendars.py",
            "desk/core.py",
            "desk/lookup.py",
            "desk/sweep.py",
        ),
        without=(),
        tests=(
            "tests/desk",
            "tests/stores/sqlite/test_damaged_index.py",
            "tests/stores/sqlite/test_damage.py",
            "tests/stores/test_waiting.py",
        ),
        ignored=(
            "tests/desk/test_race.py",
            "tests/desk/test_consume_killed.py",
            "tests/desk/recalculate/test_conflicts.py",
        ),
    ),
    Group(
        name="regulation",
        files=("regulation/*.py", "regulation/engine/*.py"),
        # What the clauses say in numbers and words: data, each held against the text elsewhere.
        without=("regulation/lifecycle.py",),
        tests=(
            "tests/regulation",
            "tests/desk/test_rules.py",
            "tests/desk/test_calendars.py",
            "tests/desk/test_citizens.py",
            "tests/desk/recalculate/test_run.py",
            "tests/desk/recalculate/test_unexplained.py",
        ),
        ignored=(
            "tests/regulation/engine/test_mutants.py",  # of defects, and long walks
            "tests/regulation/engine/test_walk.py",
            "tests/regulation/engine/test_walk_options.py",
        ),
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
