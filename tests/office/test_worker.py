"""The worker: who is sent what and when, once, whatever fails or is killed."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from phananh import Case, Desk, InputError, StoreError
from phananh.office.channels import Message
from phananh.office.journal import Journal
from phananh.office.ladder import USUAL, Rung
from phananh.office.worker import Worker, find_address
from tests.desk import people as p

MINUTE = timedelta(minutes=1)
STAFF = {"of-1": "of1@example.vn", "u-2": "u2@example.vn", "office": "vp@example.vn"}
HEADS = {"u-1": "tt1@example.vn"}


def write(kind: str, case: Case, *, lang: str, event: Any) -> Any:
    """Write a letter whose subject says all that it was made of."""
    name = f"event {event.n}" if event else "no event"
    text = f"{kind} {lang} {name}"
    return SimpleNamespace(subject=text, text=text, html=text, email=case.sender.email)


class Post:
    """A channel that keeps what it is given, and fails as a test says."""

    def __init__(self) -> None:
        """Take everything."""
        self.messages: list[Message] = []
        self.error: Callable[[Message], Exception | None] = lambda _message: None

    def __call__(self, message: Message) -> None:
        """Keep a message, or fail."""
        if (error := self.error(message)) is not None:
            raise error
        self.messages.append(message)

    def take(self) -> list[tuple[str, str, str | None]]:
        """Return when, to whom and where the messages went since the last time."""
        taken = [(each.when, each.recipient, each.address) for each in self.messages]
        self.messages.clear()
        return taken


@attrs.define
class Office:
    """A desk, its clock, a worker and its channel."""

    hand: p.Hand
    desk: Desk
    post: Post
    worker: Worker

    def step(self, *moments: timedelta) -> list[tuple[str, str, str | None]]:
        """Let time pass, step by step, and return what was sent."""
        for each in moments or [timedelta()]:
            self.hand.at += each
            self.worker.step()
        return self.post.take()


def open_office(folder: Path) -> Office:
    """Return an office at 8:00 on a Wednesday, with the usual ladder."""
    hand, post = p.Hand(), Post()
    desk = Desk(clock=hand)
    worker = Worker(
        desk=desk,
        ladder=[Rung(*each, ["post"]) for each in USUAL],
        channels={"post": post},
        write=write,
        find_address=lambda *asked: find_address(STAFF, HEADS, *asked),
        journal=Journal(folder / "messages.db"),
        lang="en",
    )
    return Office(hand, desk, post, worker)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office whose worker has begun."""
    found = open_office(tmp_path)
    found.worker.step()
    yield found
    found.worker.journal.close()


def test_each_event_is_sent_once_to_whom_the_ladder_says(office: Office):
    """The sender gets the receipt and the answer, and none again in a later round."""
    case = p.with_officer(office.desk)
    assert office.step() == [("Received", "sender", p.SENDER.email)]
    office.desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
    office.worker.step()
    assert [each.subject for each in office.post.messages] == ["answer vi event 3"]
    assert office.post.messages[0].phone == p.SENDER.phone
    assert office.post.take() == [("Answered", "sender", p.SENDER.email)]
    assert office.step(timedelta(), MINUTE) == []


def test_reminders_come_by_working_time(office: Office):
    """50 %, 80 %, due, 4 hours and a day of 8 hours later, of a limit of 5 hours from 8:00."""
    p.with_officer(office.desk)
    seen: dict[str, list[str]] = {}
    office.step()
    for _ in range(3 * 24 * 2):
        for when, to, _address in office.step(30 * MINUTE):
            seen.setdefault(f"{office.hand.at:%d %H:%M} {when}", []).append(to)
    assert seen == {
        "04 10:30 50%": ["holder"],
        "04 14:00 80%": ["holder"],
        "04 15:00 due": ["holder", "head"],
        "05 09:00 +4h": ["head"],
        "05 15:00 +1d": ["head", "office"],
    }


def test_a_moment_keeps_to_the_second(office: Office):
    """One second before the half of the limit nothing is sent, and then one reminder."""
    p.with_officer(office.desk)
    office.step()
    half = 150 * MINUTE
    assert office.step(half - timedelta(seconds=1)) == []
    assert office.step(timedelta(seconds=1)) == [("50%", "holder", "of1@example.vn")]


def test_a_limit_that_ends_or_moves_takes_its_reminders_along(office: Office):
    """After the answer no reminder comes, and after a reschedule they follow the new time."""
    answered, asked = p.with_officer(office.desk), p.with_agency(office.desk, office.hand)
    office.step()
    office.desk.answer(answered, text="Trả lời mẫu", by=p.OFFICER)
    assert [when for when, *_ in office.step(4 * p.HOUR)] == ["Answered"]
    assert [when for when, *_ in office.step(2 * p.HOUR)] == ["50%"]
    to = office.hand.at + 48 * p.HOUR
    office.desk.reschedule(asked, to=to, reason="Cần xác minh thêm", by=p.AGENCY)
    seen = [
        (when, f"{office.hand.at:%d %H:%M}") for _ in range(47) for when, *_ in office.step(p.HOUR)
    ]
    assert seen == [("Rescheduled", "04 15:00"), ("50%", "05 10:00"), ("80%", "06 08:00")]


def test_after_a_pause_only_the_last_reminder_comes(office: Office):
    """If the worker was away over several moments, each recipient gets the latest of theirs."""
    p.with_officer(office.desk)
    office.step()
    assert office.step(50 * p.HOUR) == [
        ("due", "holder", "of1@example.vn"),
        ("+1d", "head", "tt1@example.vn"),
        ("+1d", "office", "vp@example.vn"),
    ]


def test_at_night_only_receipts_go_out(office: Office):
    """From 21:00 to 7:00 in Vietnam an answer waits, and a receipt does not."""
    case = p.with_officer(office.desk)
    office.step()
    office.hand.at = office.hand.at.replace(hour=21)
    office.desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
    p.a_case(office.desk)
    assert office.step() == [("Received", "sender", p.SENDER.email)]
    office.hand.at = office.hand.at.replace(hour=6, minute=59) + timedelta(days=1)
    assert office.step() == []
    assert office.step(MINUTE) == [("Answered", "sender", p.SENDER.email)]
    by_day = attrs.evolve(office.worker, night=[time(7), time(7)])
    assert not by_day._is_night(office.hand.at)


def test_a_bad_entry_holds_up_none_behind_it(office: Office, caplog: pytest.LogCaptureFixture):
    """A letter that cannot be written, and one that is refused for good, are dead at once."""
    bad, refused, good = (p.a_case(office.desk) for _ in range(3))

    def write_or_fail(kind: str, case: Case, **more: Any) -> Any:
        if case.id == bad.id:
            raise InputError(field="case", code="letter_of_erased", case=case.id, letter=kind)
        return write(kind, case, **more)

    gone = ValueError(f"550 {p.SENDER.email}: no such user")
    office.post.error = lambda message: gone if message.case == refused.id else None
    office.worker = attrs.evolve(office.worker, write=write_or_fail)
    office.step()
    assert [each.case for each in office.worker.journal.list_dead()] == [bad.id, refused.id]
    assert "550 ...: no such user" in str(office.worker.journal.list_dead()[1].problem)
    assert str(p.SENDER.email) not in caplog.text
    office.post.error = lambda _message: None
    assert office.step() == []
    office.worker.journal.revive()
    assert office.step() == [("Received", "sender", p.SENDER.email)]
    assert good.id


def test_what_fails_is_sent_again_ever_later(office: Office):
    """After a minute, two, four, up to 4 hours, until it is dead, and the key stays the same."""
    p.a_case(office.desk)
    keys: list[tuple[datetime, str]] = []

    def fail(message: Message) -> Exception:
        keys.append((office.hand.at, message.id))
        return ConnectionRefusedError()

    office.post.error = fail
    office.step(*[MINUTE] * 6 * 24 * 60)
    gaps = [later - first for (first, _), (later, _) in pairwise(keys)]
    assert gaps[:9] == [n * MINUTE for n in (1, 2, 4, 8, 16, 32, 64, 128, 240)]
    assert (len(gaps), max(gaps), len({key for _, key in keys})) == (29, 4 * p.HOUR, 1)
    assert [each.attempts for each in office.worker.journal.list_dead()] == [30]


def test_a_channel_that_is_away_is_asked_once_a_round(office: Office):
    """Ten messages wait with one attempt, and all go out when the server is back."""
    for _ in range(10):
        p.a_case(office.desk)
    asked: list[str] = []
    office.post.error = lambda message: asked.append(message.key) or TimeoutError()
    office.step()
    assert len(asked) == 1
    office.post.error = lambda _message: None
    assert len(office.step(MINUTE)) == 10


def test_a_sender_without_an_address_is_no_failure(office: Office):
    """Many have none. An officer without one is dead, so that somebody adds it."""
    missing = InputError(field="email", code="no_address", recipient="sender")
    office.post.error = lambda message: None if message.address else missing
    p.with_officer(office.desk, sender=attrs.evolve(p.SENDER, email=None))
    office.worker = attrs.evolve(office.worker, find_address=lambda *_: None)
    office.step(150 * MINUTE)
    assert [(each.when, each.recipient) for each in office.worker.journal.list_dead()] == [
        ("50%", "holder")
    ]


def test_a_reminder_of_a_limit_that_just_ended_is_dropped(office: Office):
    """Even if the worker has not read yet that it ended, because another one has the feed."""
    case, store = p.with_officer(office.desk), office.desk.store
    office.step()
    assert store.claim("messages", office.hand.at, office.hand.at + 9 * p.HOUR)
    office.desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
    assert office.step(3 * p.HOUR) == []
    assert office.worker.journal.list_dead() == []


def test_reminders_that_cannot_be_computed_are_dead_at_once(office: Office):
    """The letters go out all the same, the list of the dead says why, and revived they come."""

    def fail(role: str, _unit: str | None) -> Any:
        raise InputError(field="calendar", code="unknown_value", value=role, known=())

    whole = office.worker
    office.worker = attrs.evolve(whole, desk=attrs.evolve(office.desk, calendar=fail))
    p.with_officer(office.desk)
    assert office.step() == [("Received", "sender", p.SENDER.email)]
    dead = office.worker.journal.list_dead()
    assert {(each.letter, each.channel) for each in dead} == {("reminder", "plan")}
    assert "officer" in str(dead[0].problem)
    assert "is unknown" in str(dead[0].problem)
    whole.journal.revive()
    office.worker = whole
    assert office.step(timedelta(), 150 * MINUTE) == [("50%", "holder", "of1@example.vn")]


def test_it_begins_with_what_is_recorded_from_now_on(tmp_path: Path):
    """A new worker sends no old letters, and reminds of what will be due of the open cases."""
    office = open_office(tmp_path)
    p.with_officer(office.desk)
    assert office.step(3 * p.HOUR, p.HOUR) == []
    assert office.step(2 * p.HOUR) == [("80%", "holder", "of1@example.vn")]
    office.worker.journal.close()


def test_one_of_two_workers_sends(office: Office, tmp_path: Path):
    """The other one waits while the first has the journal, and goes on when it is gone."""
    other = attrs.evolve(office.worker, journal=Journal(tmp_path / "messages.db"))
    p.a_case(office.desk)
    other.step()
    assert office.post.take() == []
    office.worker.journal.close()
    other.step()
    assert office.post.take() == [("Received", "sender", p.SENDER.email)]
    other.journal.close()


def test_a_store_that_is_away_is_asked_again(office: Office, caplog: pytest.LogCaptureFixture):
    """The worker says so and goes on, and stops when it is told to."""
    stop = threading.Event()

    def fail() -> datetime:
        if len(caplog.records) == 3:
            stop.set()
        raise StoreError(doing="reading", code="server_gone", cause="sample")

    attrs.evolve(office.worker, desk=attrs.evolve(office.desk, clock=fail)).run(stop, pause=0)
    assert len(caplog.records) == 4
