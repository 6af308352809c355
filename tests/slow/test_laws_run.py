"""The long run of the laws reaches all thirty, and tells a law that fails."""

from tests.slow import laws_run
from tests.worktime.laws import LAWS

NAMES = laws_run.laws()


def test_all_thirty_laws_are_there():
    """Each number from 1 to 30 is a law of its own, tried by at least one test."""
    assert {LAWS[name].number for name in NAMES} == set(range(1, 31))


def test_the_sentence_of_a_law_bears_its_number():
    """The name of each test says which law it tries."""
    for name in NAMES:
        assert name.startswith(f"test_law_{LAWS[name].number}_")


def test_a_short_run_counts_what_passed(capsys):
    """Each law is named with the examples that it passed, and a law that holds is no failure."""
    names = ["test_law_1_zero_changes_nothing"]
    assert [*laws_run.run(names, 12)] == []
    assert "law  1      12 examples" in capsys.readouterr().out


def test_too_few_examples_are_a_failure(capsys, monkeypatch):
    """A law that passed fewer examples than asked for is told as one that fails."""
    monkeypatch.setattr(laws_run, "_apart", lambda name, examples: (name, examples - 1, 0.0, ""))
    name = "test_law_2_exactly_the_budget_is_worked"
    assert [*laws_run.run([name], 10)] == [name]
    assert "only 9 of 10 examples" in capsys.readouterr().out
