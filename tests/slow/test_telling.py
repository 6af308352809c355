"""The table of telling cases is right, and says of each calendar what it really answers."""

from datetime import datetime, timedelta

import pytest

from benchmarks import calendars
from benchmarks.calendars import Absent, InexpressibleError, Peer, loaded, phananh
from benchmarks.rounds import Call
from benchmarks.telling import BEYOND, CASES, UTC, counted, verdict, verdicts
from tests.oracle import walk
from tests.oracle.hours import SESSIONS

LUNCH, WEEKEND = CASES[0], CASES[7]
OURS = phananh()

pytestmark = pytest.mark.slow


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_the_answer_is_the_oracles(case):
    """The due time that stands in the table is what a walk from day to day finds."""
    assert walk.add(SESSIONS[case.preset], _wall(case.start), case.budget) == _wall(case.due)


@pytest.mark.parametrize("case", [*CASES, BEYOND], ids=lambda case: case.what)
def test_our_calendar_gets_each_case_right(case):
    """Ours answers every case, and says of 2027 that the due time may still move."""
    assert verdict(OURS, case) == ("✓" if case.due else "✓ flags it")


def _peer(answer, **options) -> Peer:
    return Peer(name="made up", asked=lambda t, w: Call(answer, (t, w)), **options)


def test_a_wrong_answer_is_shown():
    """A due time that is not right stands in the table, with its day where that is wrong too."""
    late = _peer(lambda t, w: t + w + timedelta(hours=2))
    assert verdict(late, LUNCH) == "✗ 13:30"
    assert verdict(late, WEEKEND) == "✗ 06/03 22:00"
    assert verdict(_peer(lambda t, w: t + w + timedelta.resolution), LUNCH) == "✗ 11:30:00.000001"


def test_an_error_is_shown_by_its_name():
    """What is raised instead of an answer is neither right nor wrong, and is named."""

    def refuse(t, w):
        raise KeyError(t)

    assert verdict(_peer(refuse), LUNCH) == "`KeyError`"
    assert verdict(_peer(refuse), BEYOND) == "`KeyError`"


def test_a_refusal_is_right_only_where_nobody_knows():
    """The error by which a calendar says that a day is not covered is right for 2027 alone."""

    def refuse(t, w):
        raise KeyError(t)

    honest = _peer(refuse, refusals=(KeyError,))
    assert verdict(honest, BEYOND) == "✓ refuses"
    assert verdict(honest, LUNCH) == "`KeyError`"
    assert verdict(_peer(lambda t, w: t + w), BEYOND) == "✗ no warning"


def test_what_cannot_be_said_is_not_called_wrong():
    """A calendar without words for a case, or without seasons, is n/a there."""

    def speechless(t, w):
        raise InexpressibleError

    seasonal = next(case for case in CASES if case.preset == "VP")
    assert verdict(Peer(name="made up", asked=speechless), LUNCH) == "n/a"
    assert verdict(_peer(lambda t, w: t), seasonal) == "n/a"


def test_a_start_in_utc_is_handed_over_as_it_is():
    """A calendar that takes no zone is asked with one where the case is about zones."""
    asked = []
    naive = _peer(lambda t, w: asked.append(t) or t, aware=False)
    in_utc = next(case for case in CASES if case.zone is UTC)
    verdict(naive, LUNCH)
    verdict(naive, in_utc)
    assert asked[0] == _wall(LUNCH.start)
    assert asked[0].tzinfo is None
    assert asked[1].tzinfo is UTC


def test_a_library_that_is_missing_is_listed(monkeypatch):
    """A peer that cannot be imported is absent by name and reason, never left out."""

    def workclock():
        raise ModuleNotFoundError("No module named 'workclock'")

    monkeypatch.setattr(calendars, "PEERS", (phananh, workclock))
    ours, missing = loaded()
    assert missing == Absent("workclock", "No module named 'workclock'")
    found = verdicts([ours, missing])
    assert {cells[1] for cells in found.values()} == {"absent"}
    assert counted(found.values()) == ["24 of 24", "0 of 24"]


@pytest.mark.filterwarnings("ignore")  # libraries warn of what they will change
@pytest.mark.parametrize("build", calendars.PEERS, ids=lambda build: build.__name__)
def test_every_peer_knows_an_ordinary_week_and_tet(build):
    """Each calendar is set up so that it gets lunch, a weekend and Tết right."""
    try:
        peer = build()
    except ImportError as error:
        pytest.skip(f"the extra bench is not installed: {error}")
    plain = [c for c in CASES if c.what in ("received at lunch", "over a weekend", "over Tết")]
    assert [verdict(peer, case) for case in plain] == ["✓"] * 3


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("build", [calendars.numpy, calendars.day_loop], ids=["recipe", "loop"])
def test_what_we_wrote_for_comparison_is_no_straw_man(build):
    """The recipe and the loop get every case of A forward on the wall clock right."""
    if build is calendars.numpy:
        pytest.importorskip("numpy")
    peer = build()
    forward = [
        c for c in CASES if c.preset == "A" and c.zone is not UTC and c.budget >= timedelta()
    ]
    assert len(forward) == 18
    assert {verdict(peer, case) for case in forward} == {"✓"}
