"""A table of outcomes is read as it is typed, and a line that is none is refused."""

import pytest

from phananh import InputError
from phananh.errors import InputTypeError
from phananh.regulation.request import Role
from phananh.testing.invariants import read_outcomes
from phananh.testing.invariants.outcomes import read_decision

PLACE = "[received/operator]\n"
LINE = "answer F R F F F F F F F answered 8.1.a,6@1/QĐ-MAU on the spot\n"


def test_a_table_is_read():
    """Positions, acts, letters, the state that follows and the clauses are as typed."""
    found = read_outcomes(f"# sample\n\n{PLACE}{LINE}  [closed]\n[overdue/agency if reply_limit]\n")
    answer = found["received/operator"]["answer"]
    assert answer.leads_to == "answered"
    assert answer.clauses == ("8.1.a", "6@1/QĐ-MAU")
    assert answer.may(Role.OPERATOR)
    assert not answer.may(Role.OFFICER)
    assert (answer.may_somebody, answer.has_no_step) == (True, False)
    assert found["closed"] == found["overdue/agency if reply_limit"] == {}


@pytest.mark.parametrize(
    ("typed", "article", "may"),
    [
        ("8.1.a", "8.1.a", True),
        ("8.1.a,8.1.b", "8.1.b", True),
        ("8.1.a,8.1.b", "8.2.b", False),
        ("8.1.a", "6@1/QĐ-MAU", True),
        ("8.1.a,6@1/QĐ-MAU", "7@1/QĐ-MAU", False),
        ("R34", "8.2.b", True),
        ("on the spot", "8.2.b", True),
        ("", "8.2.b", True),
        ("8.1.a", None, True),
    ],
)
def test_a_clause_is_compared_with_those_of_its_document(typed, article, may):
    """If none of its document is typed, or the event has none, there is nothing to compare."""
    line = f"answer F R F F F F F F F answered {typed}\n"
    assert read_outcomes(PLACE + line)["received/operator"]["answer"].may_cite(article) is may


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LINE, "line 1 comes before the first position: 'answer F R"),
        (f"{PLACE}{LINE}\n{LINE}", "line 4 has 'answer' a second time; keep one"),
        (PLACE * 2, "line 2 has 'received/operator' a second time; keep one"),
        (f"{PLACE}answer F R X F F F F F F =\n", "line 2 is not an outcome: 'answer F R X F"),
        (f"{PLACE}answer F R F\n", "line 2 is not an outcome: 'answer F R F'; write the act"),
        (f"{PLACE}closing F R F F F F F F F =\n", "line 2: 'closing' is unknown; use one of"),
        (f"{PLACE}close F R F F F F F F F clsoed\n", "line 2: 'clsoed' is unknown; use one of"),
        (f"{PLACE}note F R R N F F F F F =\n", "line 2 has N for some roles only: 'note F R R N"),
        (f"{PLACE}note F R R F F F F F F -\n", "line 2 has no state that follows: 'note F R"),
        ("[recieved/operator]\n", "line 1: 'recieved' is unknown; use one of received"),
        ("[received/boss]\n", "line 1: 'boss' is unknown; use one of citizen"),
        ("[overdue/officer if late]\n", "line 1: 'late' is unknown; use one of provider_limit"),
        ("[received]\n", r"line 1 is not a position: '\[received\]'; if the case"),
        ("[answered/operator]\n", r"line 1 is not a position: '\[answered/operator\]'"),
        ("[received, operator]\n", r"line 1 is not a position: '\[received, operator\]'"),
    ],
)
def test_a_line_that_is_none_is_refused(text, problem):
    """The error says in which line, what stands there, and the way out."""
    with pytest.raises(InputError, match=f"^outcomes: {problem}"):
        read_outcomes(text)


def test_what_is_no_text_is_refused():
    """A number, or a table that was read before, is no text."""
    for value in (5, read_decision()):
        with pytest.raises(InputTypeError, match="is not a text"):
            read_outcomes(value)  # type: ignore[arg-type]
