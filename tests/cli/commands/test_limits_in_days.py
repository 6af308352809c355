"""Cases under rules that count in days, as the terminal shows them."""

import json
import re
from datetime import date, datetime

import pytest

from phananh import Desk, Person, Rules, Term, open_store
from phananh.articles import Article
from phananh.regulation.deadline import Limit
from tests.cli.terminal import rows, run
from tests.desk import people as p

MONDAY = datetime(2026, 3, 2, 9, tzinfo=p.VIETNAM)


def limit(term, article):
    """Return a limit in days under a clause."""
    return Limit(budget=term, article=Article(article), since=date(2025, 1, 1))


@pytest.fixture
def db(tmp_path):
    """Return a database with one case that the officer has two working days for."""
    rules = Rules(
        name="DAYS",
        officer_limit=limit(Term.working_days(2), "9.1"),
        agency_limit=limit(Term.working_days(5, ends="closing"), "9.2"),
    )
    path = str(tmp_path / "days.db")
    desk = Desk(store=open_store(path), rules=rules, clock=lambda: MONDAY)
    p.with_officer(desk)
    desk.sweep(at=MONDAY.replace(month=4))
    desk.store.close()
    return path


def test_the_last_day_ends_at_24_00(db):
    """A limit that ends with its last day is shown at 24:00 of that day, wherever it is shown."""
    [row] = rows(run("list", "--db", db, "--json"))
    told = run("case", row["case"], "--db", db, "--lang", "en").stdout
    assert re.search(r"^Due +2026-03-04 24:00$", told, re.MULTILINE)
    assert "late, was due 2026-03-04 24:00" in told
    assert "(U-1), due 2026-03-04 24:00 (" in told
    assert "Due: the end of Wednesday 2026-03-04 (24:00, Civil Code 2015, Article 148(6))." in told
    assert "24:00 04/03/2026" in run("list", "--db", db, "--lang", "vi").stdout


def test_a_limit_at_closing_and_a_time_that_was_named(db):
    """What ends at closing, or was named to the citizen, is shown as the time that it is."""
    store = open_store(db)
    rules = Rules(
        name="DAYS",
        officer_limit=limit(Term.working_days(2, ends="closing"), "9.1"),
        agency_limit=limit(Term.working_days(1), "9.2"),
    )
    desk = Desk(store=store, rules=rules, clock=lambda: MONDAY)
    closing = p.with_officer(desk).id
    agency = Person(id="AG-1", role="agency", unit="U-2")
    named = desk.request_verification(
        p.with_officer(desk), agency="U-2", appointment=MONDAY + p.HOUR, by=p.OFFICER
    )
    to = datetime(2026, 3, 7, tzinfo=p.VIETNAM)
    desk.reschedule(named, to=to, reason="Chờ hồ sơ", by=agency)
    store.close()
    shown = [run("case", key, "--db", db, "--lang", "en").stdout for key in (closing, named.id)]
    assert re.search(r"^Due +2026-03-04 17:30$", shown[0], re.MULTILINE)
    assert re.search(r"^Due +2026-03-07 00:00$", shown[1], re.MULTILINE)


def test_as_data_it_is_a_term(db):
    """With --json the budget is null and the term stands beside it; the instant is the instant."""
    [row] = rows(run("list", "--db", db, "--json"))
    history = json.loads(run("case", row["case"], "--db", db, "--json").stdout)["history"]
    deadline = history[1]["deadline"]
    assert (deadline["budget_us"], deadline["term"]["count"]) == (None, 2)
    assert deadline["due"] == "2026-03-05T00:00:00+07:00"
