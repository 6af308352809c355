"""The feed of a desk: wanted events in the order recorded, and where to go on."""

import sqlite3
from pathlib import Path

import pytest

from phananh import Desk, InputError, open_store
from phananh.regulation import events as e
from tests.desk import people as p


def test_every_event_in_order(desk: Desk) -> None:
    """Without a filter every event comes, in the order in which it was recorded."""
    case = p.with_officer(desk)
    other = p.a_case(desk)
    feed = desk.feed()
    seen = [(entry.event.case, entry.event.n) for entry in feed.entries]
    assert seen == [(case.id, 1), (case.id, 2), (other.id, 1)]
    assert feed.next == feed.entries[-1].position
    assert feed.has_more
    assert not desk.feed(after=feed.next).has_more


def test_a_filter_that_lets_nothing_through_goes_on(desk: Desk) -> None:
    """A piece in which nothing is wanted still says where the next one begins."""
    for _ in range(3):
        p.a_case(desk)
    case = p.with_officer(desk)
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    after, pieces, answers = None, 0, []
    while True:
        feed = desk.feed(after=after, events=[e.Answered], limit=2)
        assert (feed.next != after) == (pieces < 3)
        after, pieces = feed.next, pieces + 1
        answers += feed.entries
        if not feed.has_more:
            break
    assert pieces == 4
    assert [entry.event.case for entry in answers] == [case.id]


def test_nothing_new_stays_where_it_was(desk: Desk) -> None:
    """At the end of the feed `next` is where one stood; of an empty store it is None."""
    assert desk.feed() == desk.feed(events=[e.Answered])
    assert (desk.feed().entries, desk.feed().next, desk.feed().has_more) == ((), None, False)
    p.a_case(desk)
    end = desk.feed().next
    assert (desk.feed(after=end).entries, desk.feed(after=end).next) == ((), end)
    case = p.a_case(desk)
    assert [entry.event.case for entry in desk.feed(after=end).entries] == [case.id]


@pytest.mark.parametrize("events", [e.Answered, "Answered", ["Answered"], [e.Event], [str], 5])
def test_what_is_no_list_of_events(desk: Desk, events: object) -> None:
    """One class alone, a name, and a class of no event are refused."""
    with pytest.raises(InputError) as caught:
        desk.feed(events=events)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "events"
    assert caught.value.text("vi")


@pytest.mark.parametrize("limit", [0, -1, "5", 2.0])
def test_what_is_no_limit(desk: Desk, limit: object) -> None:
    """A limit below one, or that is no whole number, is refused."""
    with pytest.raises(InputError) as caught:
        desk.feed(limit=limit)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "limit"


def test_the_feed_as_plain_data(desk: Desk) -> None:
    """A piece of the feed is plain data, and nothing personal unless asked."""
    p.a_case(desk)
    shown = desk.feed().as_dict()
    assert (shown["has_more"], len(shown["entries"])) == (True, 1)
    assert p.SAID not in str(shown)


def test_a_damaged_event_hides_no_other(hand: p.Hand, tmp_path: Path) -> None:
    """An event that cannot be read is named once; whoever reads on gets all the others."""
    path = tmp_path / "cases.db"
    desk = Desk(store=open_store(path), clock=hand)
    cases = [p.a_case(desk).id for _ in range(4)]
    with sqlite3.connect(path) as raw:
        raw.execute("update phananh_event set body = '{' where case_id in (?, ?)", cases[1:3])
    raw.close()
    after, seen, damaged = None, [], []
    while True:
        feed = desk.feed(after=after, limit=3)
        assert (feed.next != after) == feed.has_more
        after = feed.next
        seen += [entry.event.case for entry in feed.entries]
        damaged += [error.case for error in feed.damaged]
        if not feed.has_more:
            break
    assert (seen, damaged) == ([cases[0], cases[3]], cases[1:3])
    assert desk.feed().as_dict()["damaged"] == []
    desk.store.close()


@pytest.mark.parametrize("odd", ["nonsense", ""])
def test_a_position_that_no_feed_gave_says_where_one_is_found(desk: Desk, odd: str) -> None:
    """An emptied file of a worker is refused in the words of the feed, and not begun anew."""
    with pytest.raises(InputError) as caught:
        desk.feed(after=odd)
    said = "give `next` of the previous read, or None to start at the beginning"
    assert (caught.value.field, caught.value.way_out) == ("after", said)


def test_a_position_of_another_store_is_refused(desk: Desk) -> None:
    """Whoever stands behind the last entry, as after an old backup was restored, is told so."""
    p.a_case(desk)
    end = str(desk.feed().next)
    assert not desk.feed(after=end).has_more
    with pytest.raises(InputError) as caught:
        desk.feed(after=str(int(end) + 1))
    assert (caught.value.field, caught.value.code) == ("after", "position_ahead")
