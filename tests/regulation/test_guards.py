"""Each guard cites a clause, and where no clause says it also the reading that does."""

import attrs

from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.readings import READINGS
from phananh.regulation.rules import Rules

GUARDS = {*EVERY_ACT, *(guard for row in LIFECYCLE for guard in row.guards)}
# What each rests on beside the nearest clause.
ON_A_READING = {
    "accused_unit": {"R16"},
    "already_late": {"R4"},
    "day_off_earlier": {"R15"},
    "head_not_accused": {"R33"},
    "names_accused": {"R45"},
    "names_sender": {"R40", "R45"},
    "no_contact": {"R42"},
    "no_name": {"R42"},
    "not_advised": {"R43"},
    "not_later": {"R24"},
    "not_the_sender": {"R48"},
    "nothing_left": {"R41"},
    "rated_before": {"R48"},
}


def test_what_no_clause_says_names_its_reading():
    """The guards that rest on a reading are these, and each reading speaks of the clause."""
    found: dict[str, set[str]] = {}
    clauses = {each.id: each.articles for each in READINGS}
    for guard in GUARDS:
        if guard.reading:
            found.setdefault(guard.code, set()).add(guard.reading)
            assert guard.article.id in clauses[guard.reading], (guard.code, guard.reading)
    assert found == ON_A_READING


def test_every_option_is_a_field_of_the_rules():
    """A reading that can be chosen otherwise names the field of `Rules` that chooses."""
    fields = {field.name for field in attrs.fields(Rules)}
    options = {each.id: each.option for each in READINGS if each.option}
    assert set(options.values()) <= fields
    assert (options["R41"], options["R42"]) == ("asked_again", "contact_gate")


def test_the_readings_are_numbered():
    """R1 to R48, each once and in order."""
    assert [each.id for each in READINGS] == [f"R{n}" for n in range(1, 49)]
