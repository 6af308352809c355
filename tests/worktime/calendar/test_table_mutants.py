"""The laws can fail: 102 defects, seeded one by one in a copy of the library, are found.

The defects are in `tests/data/mutants.toml`, each with the law or edge case that finds it; the
laws, the strategies and the oracle stay sound. A line that is rewritten needs its defects
rewritten too: a change that no longer fits the source fails here by name.
"""

import tomllib
from pathlib import Path

import pytest

from phananh.worktime import WorkCalendar
from tests.slow.laws_run import laws
from tests.worktime.edges import EDGES
from tests.worktime.laws import LAWS
from tests.worktime.spoilt import Mutant, spoilt

pytest.importorskip("numpy")
TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "mutants.toml").read_text(encoding="utf-8")
)
MUTANTS = [Mutant(**row) for row in TABLE["mutant"]]
EQUIVALENT = [
    Mutant(**{key: row[key] for key in ("name", "module", "old", "new")}, found_by=row["why"])
    for row in TABLE["equivalent"]
]
NAMES = laws()
SAME = "ZERO = timedelta()"
SOUND = Mutant(name="sound", module="calendar/table", old=SAME, new=SAME, found_by="")


def _named(mutant):
    return mutant.name.replace(" ", "-")


def _marked(mutant):
    # What a law draws hangs on the modules that are imported, so how soon it finds is chance.
    marks = [pytest.mark.slow] if mutant.found_by in LAWS else []
    return pytest.param(mutant, marks=marks, id=_named(mutant))


MARKED = [_marked(mutant) for mutant in MUTANTS]


@pytest.mark.parametrize("mutant", MARKED)
def test_a_seeded_defect_is_found(mutant):
    """The law or edge case that is named for a defect fails on a library that has it."""
    with spoilt(mutant) as library:
        if mutant.found_by in LAWS:
            assert LAWS[mutant.found_by].finds(library, examples=20_000)
        else:
            with pytest.raises((AssertionError, LookupError)):
                EDGES[mutant.found_by](library)


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_is_met(edge):
    """The library as it is passes each edge case."""
    EDGES[edge](WorkCalendar)


def test_a_copy_without_a_defect_passes():
    """Nothing is found in a copy that was not spoilt, by edges, nor by laws of each kind."""
    with spoilt(SOUND) as library:
        for edge in EDGES.values():
            edge(library)
        for name in NAMES[::6]:
            assert not LAWS[name].finds(library, examples=15)


def test_every_law_and_every_edge_finds_a_defect():
    """There is no law without a defect that it finds, and no two defects have one name."""
    assert {mutant.found_by for mutant in MUTANTS} == {*NAMES, *EDGES}
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) == 102


@pytest.mark.parametrize("mutant", EQUIVALENT, ids=_named)
def test_a_change_that_changes_no_answer_still_fits(mutant):
    """What is said to be equivalent is a line of the source, and passes all edge cases."""
    assert mutant.source(mutant.module)
    with spoilt(mutant) as library:
        for edge in EDGES.values():
            edge(library)
