"""The faults of B1 to B42 that no broken store here has: why, and the test that finds them."""

import attrs

MIGRATIONS = "tests/stores/sql/test_migrations.py::test_old_file_is_refused_and_left_as_it_is"
FILES = "tests/stores/sqlite/test_files.py::test_other_schema_is_refused_and_left_as_it_is"


@attrs.frozen(kw_only=True)
class Elsewhere:
    """A fault that needs more than a broken store: why, and the tests of the built-in stores."""

    number: str
    why: str
    tests: tuple[str, ...] = ()


ELSEWHERE = (
    Elsewhere(
        number="B35",
        why="Loses unknown keys: a store takes typed events, so there are no unknown keys.",
    ),
    Elsewhere(
        number="B38",
        why="Migrates when it is opened: only a store with a schema can.",
        tests=(MIGRATIONS, FILES),
    ),
    Elsewhere(
        number="B39",
        why="Accepts a newer schema: only a store with a schema can.",
        tests=(FILES,),
    ),
)

ALL_NUMBERS = tuple(f"B{n}" for n in range(1, 43))
