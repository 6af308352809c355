"""`phananh list`: in which order, how many, and received when."""

import pytest

from tests.cli.terminal import rows, run


def _find_cases(db, *words):
    return [row["case"] for row in rows(run("list", "--db", db, "--json", *words))]


def test_order_and_limit(db):
    """The newest come first where that is asked for, and no more than --limit."""
    oldest = _find_cases(db)
    assert len(oldest) == 2
    assert _find_cases(db, "--order", "newest") == oldest[::-1]
    assert _find_cases(db, "--order", "newest", "--limit", "1") == oldest[1:]
    assert _find_cases(db, "--order", "due", "--limit", "9") == oldest
    assert _find_cases(db, "--limit", "1", "--open", "--order", "newest") == oldest[:1]


def test_limit_hides_no_warning(db):
    """That the clock is set back is said under a list that --limit cuts too."""
    words = ("list", "--db", db, "--at", "2025-03-05T08:30", "--limit", "1")
    assert run(*words).stderr == run(*words[:-2]).stderr != ""


@pytest.mark.parametrize("option", ["--received-since", "--received-before"])
def test_when_received(db, option):
    """--received-since takes a case of that moment, --received-before does not."""
    oldest, moment = _find_cases(db), "2025-03-05T09:10"
    wanted = oldest[1:] if option == "--received-since" else oldest[:1]
    assert _find_cases(db, option, moment) == wanted
    refused = run("list", "--db", db, option, "yesterday")
    assert refused.exit_code == 2


@pytest.mark.parametrize(("lang", "told"), [("en", "no cases\n"), ("vi", "không có PAKN nào\n")])
def test_no_case_is_told(db, lang, told):
    """Where no case meets the filters that is said, and no head of a table is printed."""
    result = run("list", "--db", db, "--unit", "none", "--lang", lang)
    assert (result.exit_code, result.stdout) == (0, told)
    assert run("list", "--db", db, "--unit", "none", "--json").stdout == ""


def test_limit_below_one_is_refused(db):
    """A list of no cases is not asked for."""
    refused = run("list", "--db", db, "--limit", "0")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--limit" in refused.stderr
