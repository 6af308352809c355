"""The worker: who is sent what and when, once, whatever fails or is killed."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    Case,
    Desk,
    InputError,
    Person,
    Sender,
    StoreError,
)
from phananh.office import Letterhead, Letters
from phananh.office.channels import Message
from phananh.office.journal import Entry, Journal
from phananh.office.ladder import USUAL, Rung
from phananh.office.worker import Worker, find_address
from phananh.regulation.case import find_current
from tests.desk import people as p

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
STAFF = {"of-1": "of1@example.vn", "u-2": "u2@example.vn", "office": "vp@example.vn"}
HEADS = {"u-1": "tt1@example.vn"}
RECEIPT = ("Received", "sender", p.SENDER.email)


def take(_message: Message) -> Exception | None:
    """Take any message, which is to raise nothing."""


def write(kind: str, case: Case, *, lang: str, event: Any) -> Any:
    """Write a letter whose subject says all that it was made of."""
    text = f"{kind} {lang} event {event.n}" if event else f"{kind} {lang} no event"
    return SimpleNamespace(subject=text, text=text, html=text, email=case.sender.email)


class Office:
    """A desk, its clock, and a worker that has begun, with one channel that keeps the messages.

    `fail` is asked with each message for what the channel raises, if anything.
    """

    def __init__(self, folder: Path) -> None:
        """Begin at 8:00 on a Wednesday, with the usual ladder."""
        self.hand, self.fail = p.Hand(), take
        self.desk = Desk(clock=self.hand)
        self.messages: list[Message] = []
        self.worker = Worker(
            desk=self.desk,
            ladder=[Rung(*each, ["post"]) for each in USUAL],
            channels={"post": self.send},
            write=write,
            find_address=lambda *asked: find_address(STAFF, HEADS, *asked),
            journal=Journal(folder / "messages.db"),
            lang="en",
        )
        self.worker.step()

    def change(self, **changes: Any) -> None:
        """Go on with a worker that has other parts."""
        self.worker = attrs.evolve(self.worker, **changes)

    def send(self, message: Message) -> None:
        """Keep a message, or fail."""
        if (error := self.fail(message)) is not None:
            raise error
        self.messages.append(message)

    def step(self, *moments: timedelta) -> list[tuple[str, str, str | None]]:
        """Let time pass, step by step, and return when, to whom and where messages went."""
        self.messages.clear()
        for each in moments or [timedelta()]:
            self.hand.at += each
            self.worker.step()
        return [(each.when, each.recipient, each.address) for each in self.messages]

    @property
    def dead(self) -> list[Entry]:
        """What was given up."""
        return self.worker.journal.list_dead()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office whose journal is closed in the end."""
    found = Office(tmp_path)
    yield found
    found.worker.journal.close()


def test_each_event_is_sent_once_to_whom_the_ladder_says(office: Office):
    """The sender gets the receipt and the answer, and none again in a later round."""
    case = p.with_officer(office.desk)
    assert office.step() == [RECEIPT]
    office.desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
    assert office.step() == [("Answered", "sender", p.SENDER.email)]
    (message,) = office.messages
    assert (message.subject, message.phone) == ("answer vi event 3", p.SENDER.phone)
    assert office.step(timedelta(), MINUTE) == []


def test_a_contact_that_a_colleague_of_the_accused_gave_gets_nothing(office: Office):
    """R40, R42: it is enough for the hand-over, but letters name the sender."""
    case = p.a_case(office.desk, sender=Sender(name="Mây"), kind="conduct")
    near = attrs.evolve(p.OPERATOR, id="DTV-2", unit="U-1")
    office.desk.complete(case, sender=Sender(phone="0912345678", email="a@vidu.vn"), by=near)
    office.desk.complete(case.id, accused=[Accused(id="CB-9", unit="U-1")], by=p.OPERATOR)
    office.desk.answer(case.id, text="Trả lời mẫu", by=p.OPERATOR)
    office.step()
    assert {(each.address, each.phone) for each in office.messages} == {(None, None)}


def test_a_long_history_holds_up_no_letter(office: Office, monkeypatch: pytest.MonkeyPatch):
    """A case is read once a round, for notes not at all, and letters go out between batches."""
    monkeypatch.setattr("phananh.office.worker._BATCH", 2)
    seen, get = list[str](), Desk.get
    monkeypatch.setattr(Desk, "get", lambda desk, key: seen.append(key) or get(desk, key))
    office.change(channels={"post": lambda message: seen.append(message.letter)})
    cases = [p.with_officer(office.desk).id for _ in range(3)]
    for _ in range(2):
        office.step()
        assert seen == [*cases[:2], "receipt", "receipt", cases[2], "receipt"]
        office.desk.note(cases[0], text="Lời mẫu", by=p.OFFICER)


def test_a_restore_repeats_no_message_and_swallows_none(office: Office):
    """An entry that comes again is known, and another event of the same number is not."""
    p.a_case(office.desk)
    assert office.step() == [RECEIPT]
    (entry,) = office.desk.feed().entries
    other = attrs.evolve(entry.event, recorded_at=office.hand.at + SECOND)
    office.worker.plan(entry, versions={})
    assert office.step() == []
    office.worker.plan(attrs.evolve(entry, event=other), versions={})
    assert office.step(SECOND) == [RECEIPT]


def test_reminders_come_by_working_time(office: Office):
    """50 %, 80 %, due, 4 hours and a day of 8 hours later, of a limit of 5 hours from 8:00."""
    p.with_officer(office.desk)
    seen: dict[str, list[str]] = {}
    office.step()
    for _ in range(2 * 24 * 2):
        assert office.step(30 * MINUTE - SECOND) == [], "not a second too early"
        for when, to, _address in office.step(SECOND):
            seen.setdefault(f"{office.hand.at:%d %H:%M} {when}", []).append(to)
    assert seen == {
        "04 10:30 50%": ["holder"],
        "04 14:00 80%": ["holder"],
        "04 15:00 due": ["holder", "head"],
        "05 09:00 +4h": ["head"],
        "05 15:00 +1d": ["head", "office"],
    }


def test_no_accused_is_reminded(office: Office):
    """In place of a focal point the unit is, and a head only if it is known to be another."""
    asked = {"agency": "U-2", "appointment": office.hand.at + 50 * p.HOUR, "focal": "AG-1"}
    case = office.desk.request_verification(p.with_officer(office.desk), **asked, by=p.OFFICER)
    own = {**STAFF, "ag-1": "ag1@example.vn"}
    office.change(find_address=lambda *asked: find_address(own, {"u-2": "tt2@example.vn"}, *asked))
    office.step()
    assert office.step(7 * p.HOUR)[-1][1:] == ("holder", "ag1@example.vn")
    # With another unit, but the case knows of which one they are.
    office.desk.complete(case, accused=[Accused(id="AG-1", unit="U-9")], by=p.OPERATOR)
    assert office.step(20 * p.HOUR)[-1][1:] == ("holder", "u2@example.vn")
    assert [each.recipient for each in office.dead] == ["head"]
    for head, sent in ((None, []), ("HD-2", [("head", "tt2@example.vn")])):
        known = SimpleNamespace(find_head=lambda _unit, _at, head=head: head)
        office.change(desk=attrs.evolve(office.desk, directory=known))
        office.worker.journal.revive()
        assert [each[1:] for each in office.step()] == sent


@pytest.mark.parametrize(
    ("to", "asked"),
    [
        (attrs.evolve(p.OFFICER, unit=None), "phân công người khác khẩn trương xử lý"),
        (Person(id="OF-1", role="leadership", unit="U-2"), "khẩn trương xử lý"),
    ],
)
def test_the_leadership_is_reminded_of_an_accused_of_no_unit_or_of_its_own(
    office: Office, to: Person, asked: str
):
    """8.1.c2: no unit and no head can name another, and another leader need not be named."""
    timed = attrs.evolve(HOA_BINH_2019, name="A", leadership_limit=HOA_BINH_2019.officer_limit)
    desk = attrs.evolve(office.desk, rules=timed)
    letters = Letters(desk=desk, letterhead=Letterhead(body="Trung tâm Mẫu", place="Mẫu"))
    own = {**STAFF, "leadership": "ld@example.vn"}
    office.change(
        desk=desk,
        write=letters.write,
        find_address=lambda *asked: find_address(own, HEADS, *asked),
    )
    case = desk.escalate(p.a_case(desk), to=to, by=p.OPERATOR)
    desk.complete(case, accused=[Accused(id="OF-1", unit="U-1")], by=p.OPERATOR)
    assert office.step(3 * p.HOUR)[-1] == ("50%", "holder", "ld@example.vn")
    text = " ".join(office.messages[-1].text.split())
    assert f"đề nghị Lãnh đạo Trung tâm Phục vụ hành chính công {asked}" in text


def test_an_accused_gets_no_notice_as_a_unit_or_at_its_mailbox(office: Office):
    """8.1.c2: a table of addresses has people beside units. The office learns of the mistake."""
    own = {**STAFF, "u-1": "Văn thư <OF1@example.vn>", "u-3": "u3@example.vn"}
    office.change(
        find_address=lambda *asked: find_address(own, {"u-3": "u3@example.vn"}, *asked),
        desk=attrs.evolve(office.desk, directory=SimpleNamespace(find_head=lambda *_: "OF-1")),
    )
    for unit, sent in (("u-2", ["u2@example.vn"]), ("of-1", []), ("u-1", []), ("u-3", [])):
        case = p.a_case(office.desk, accused=[Accused(id="OF-1", unit=unit)])
        office.desk.notify_unit(case, unit=unit, by=Person(id="LD-1", role="leadership"))
        assert [each[2] for each in office.step() if each[0] == "UnitNotified"] == sent
    assert [each.recipient for each in office.dead] == ["unit"] * 3


def test_head_and_office_are_reminded_of_what_an_accused_holds(office: Office):
    """Another person is to be named (R39), and the text names no accused and no sender."""
    head = Person(id="HD-1", role="agency_head", unit="U-1")
    case = p.with_officer(office.desk)
    office.hand.at += p.HOUR
    case = office.desk.reassign(case, to=Assignee(id="OF-3"), by=head)
    office.desk.complete(case, accused=[Accused(id="OF-3", unit="U-1")], by=p.OPERATOR)
    directory: Any = SimpleNamespace(find_head=lambda _unit, _at: "HD-1")
    letters = Letters(
        desk=attrs.evolve(office.desk, directory=directory),
        letterhead=Letterhead(body="Trung tâm Mẫu", place="Mẫu"),
    )
    office.change(desk=letters.desk, write=letters.write)
    office.hand.at += 24 * p.HOUR
    office.desk.sweep()
    assert office.step()[1:] == [("due", "holder", None), ("+4h", "head", "tt1@example.vn")]
    texts = " ".join(each.text for each in office.messages[1:])
    office.desk.reassign(case.id, to=Assignee(id="OF-2"), by=head)
    assert office.step() == []
    assert find_current(office.desk.get(case.id)) is None  # the unit was late (R51)
    assert "khoản 4 Điều 3" in letters.write("reminder", case.id).text  # but it is theirs to answer
    office.desk.complete(case.id, accused=[Accused(id="OF-2", unit="U-1")], by=p.OPERATOR)
    assert find_current(office.desk.get(case.id)) is not None  # and it is, as OF-2 may not act
    assert office.step(25 * p.HOUR) == [
        ("+1d", "head", "tt1@example.vn"),
        ("+1d", "office", "vp@example.vn"),
    ]
    texts += " ".join(each.text for each in office.messages)
    assert texts.count("Kính gửi: U-1") == 4
    assert [each for each in ("OF-3", "Người gửi") if each in texts] == []


def test_a_ladder_sends_what_is_for_the_sender_to_nobody_else(tmp_path: Path):
    """And what names an accused to no other unit."""
    head = '[letterhead]\nbody = "a"\nplace = "b"\n'
    for letter, to in (
        ("receipt", '"holder"'), ("answer", '"unit"'), ("unit_notice", '"head"'),
        ("reminder", "{a = 1}"),
    ):  # fmt: skip
        text = f'{head}[[send]]\nwhen = "due"\nletter = "{letter}"\nto = [{to}]\n'
        with pytest.raises(InputError, match=r"send\[1\]\.to"):
            Worker.from_toml(f'format = 1\njournal = "{tmp_path / "a.db"}"\n{text}', desk=Desk())


def test_a_limit_that_ends_or_moves_takes_its_reminders_along(office: Office):
    """After the answer no reminder comes, and after a reschedule they follow the new time."""
    answered, asked = p.with_officer(office.desk), p.with_agency(office.desk, office.hand)
    office.step()
    office.desk.answer(answered, text="Trả lời mẫu", by=p.OFFICER)
    assert [when for when, *_ in office.step(4 * p.HOUR)] == ["Answered"]
    assert [when for when, *_ in office.step(2 * p.HOUR)] == ["50%"]
    office.desk.reschedule(
        asked, to=office.hand.at + 48 * p.HOUR, reason="Cần xác minh thêm", by=p.AGENCY
    )
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
    assert office.step() == [RECEIPT]
    office.hand.at = office.hand.at.replace(hour=6, minute=59) + timedelta(days=1)
    assert (office.step(), office.step(MINUTE)) == ([], [("Answered", "sender", p.SENDER.email)])


def test_a_bad_entry_holds_up_none_behind_it(office: Office, caplog: pytest.LogCaptureFixture):
    """A letter that cannot be written waits, and one that is refused for good is dead."""
    bad, refused = (p.a_case(office.desk).id for _ in range(2))
    p.a_case(office.desk)

    def write_or_fail(kind: str, case: Case, **more: Any) -> Any:
        return 1 / 0 if case.id == bad else write(kind, case, **more)

    gone = SMTPRecipientsRefused({"o'mau@example.vn": (550, b"5.1.1 o'mau 09123: unknown")})
    office.fail = lambda message: gone if message.case == refused else None
    office.change(write=write_or_fail)
    assert office.step() == [RECEIPT]
    assert [(each.case, each.problem) for each in office.dead] == [
        (refused, "SMTPRecipientsRefused 550 5.1.1")
    ]
    assert {text.rpartition(": ")[2] for text in caplog.messages} == {
        "ZeroDivisionError", "SMTPRecipientsRefused 550 5.1.1",
    }  # fmt: skip
    office.fail = take
    assert office.step() == []
    office.worker.journal.revive()
    office.change(write=write)
    assert office.step(MINUTE) == [RECEIPT, RECEIPT]


def test_what_fails_is_sent_again_ever_later(office: Office):
    """After a minute, two, four, up to 4 hours, until it is dead, and the key stays the same."""
    p.a_case(office.desk)
    keys: list[tuple[datetime, str]] = []
    office.fail = lambda message: keys.append((office.hand.at, message.id)) or OSError()
    office.step(*[MINUTE] * 6 * 24 * 60)
    gaps = [later - first for (first, _), (later, _) in pairwise(keys)]
    assert gaps[:9] == [n * MINUTE for n in (1, 2, 4, 8, 16, 32, 64, 128, 240)]
    assert (len(gaps), max(gaps), len({key for _, key in keys})) == (29, 4 * p.HOUR, 1)
    assert [each.attempts for each in office.dead] == [30]


def test_a_channel_that_is_away_is_asked_once_a_round(office: Office):
    """Ten messages wait with one attempt, and all go out when the server is back."""
    for _ in range(10):
        p.a_case(office.desk)
    asked: list[str] = []
    office.fail = lambda message: asked.append(message.key) or TimeoutError()
    office.step()
    assert len(asked) == 1
    office.fail = take
    assert len(office.step(MINUTE)) == 10


def test_a_sender_without_an_address_is_no_failure(
    office: Office, caplog: pytest.LogCaptureFixture
):
    """Many have none. An officer without one is dead, so that somebody adds it."""

    def fail(message: Message) -> InputError | None:
        code = "sender_unaddressed" if message.recipient == "sender" else "no_address"
        return None if message.address else InputError(field="email", code=code, recipient="x")

    office.fail = fail
    p.with_officer(office.desk, sender=attrs.evolve(p.SENDER, email=None))
    office.change(find_address=lambda *_: None)
    office.step(150 * MINUTE)
    assert [(each.when, each.recipient) for each in office.dead] == [("50%", "holder")]
    assert office.worker.journal.count() == {"unaddressed": 1, "dead": 1, "waiting": 6}
    assert "receipt (sender, post): not sent: email: the sender has given none" in caplog.text


def test_a_reminder_of_a_limit_that_just_ended_is_dropped(office: Office):
    """Even if the worker has not read yet that it ended, because another one has the feed."""
    case, store = p.with_officer(office.desk), office.desk.store
    office.step()
    assert store.claim("messages", office.hand.at, office.hand.at + 9 * p.HOUR)
    office.desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
    assert (office.step(3 * p.HOUR), office.dead) == ([], [])


def test_reminders_that_cannot_be_computed_are_dead_at_once(office: Office):
    """The letters go out all the same, the list of the dead says why, and revived they come."""

    def fail(role: str, _unit: str | None) -> Any:
        raise InputError(field="calendar", code="unknown_value", value=role, known=())

    office.change(desk=attrs.evolve(office.desk, calendar=fail))
    p.with_officer(office.desk)
    assert office.step() == [RECEIPT]
    assert {(each.letter, "is unknown" in str(each.problem)) for each in office.dead} == {
        ("reminder", True)
    }
    office.worker.journal.revive()
    office.change(desk=office.desk)
    assert office.step(timedelta(), 150 * MINUTE) == [("50%", "holder", "of1@example.vn")]


def test_the_end_of_the_hours_leaves_the_reminders_before_it(office: Office):
    """A ladder that goes on behind the last day of a file of hours is dead from there on."""
    hours = p.end_hours(office.desk.calendar("officer", None), p.MORNING.date())
    office.change(desk=attrs.evolve(office.desk, calendar=hours))
    p.with_officer(office.desk)
    assert office.step(150 * MINUTE)[1:] == [("50%", "holder", "of1@example.vn")]
    assert [each.letter for each in office.dead] == ["reminder"]


def test_it_begins_with_what_is_recorded_from_now_on(office: Office, tmp_path: Path):
    """A new worker sends no old letters, and reminds of what will be due of the open cases."""
    desk = Desk(clock=office.hand)
    p.with_officer(desk)
    office.worker.journal.close()
    office.change(desk=desk, journal=Journal(tmp_path / "other.db"))
    assert office.step(3 * p.HOUR, p.HOUR) == []
    assert office.step(2 * p.HOUR) == [("80%", "holder", "of1@example.vn")]


def test_one_of_two_workers_sends(office: Office, tmp_path: Path):
    """The other one waits while the first has the journal, and goes on when it is gone."""
    first = office.worker.journal
    office.change(journal=Journal(tmp_path / "messages.db"))
    p.a_case(office.desk)
    assert office.step() == []
    first.close()
    assert office.step() == [RECEIPT]


def test_a_store_that_is_away_is_asked_again(office: Office, caplog: pytest.LogCaptureFixture):
    """The worker says so and goes on, and stops when it is told to."""
    stop = threading.Event()

    def fail() -> datetime:
        if len(caplog.records) == 3:
            stop.set()
        raise StoreError(doing="reading", code="server_gone", cause="sample")

    office.change(desk=attrs.evolve(office.desk, clock=fail))
    office.worker.run(stop, pause=0)
    assert len(caplog.records) == 4
