"""Contract: personal data is erased for good. History and row stay."""

import base64
import random

import attrs

from phananh.errors import DuplicateError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.regulation.request import Erased, ErasedPerson, Sender
from phananh.stores.base import Query, Store, digest_content
from phananh.testing.contract.base import ContractTests, check, check_is, expect_error, snapshot
from phananh.testing.contract.comparison import check_same, require
from phananh.testing.sample_events import (
    CITIZEN,
    OPERATOR,
    SECRETS,
    START,
    change,
    completed,
    escalated,
    every_event,
    make_command,
    rated,
    received,
)

SEED = 7


class ErasureTests(ContractTests):
    """Erasing a case."""

    def test_erases_what_can_name_people(self) -> None:
        """After erasure every personal field reads as Erased, in the history and in the feed."""
        history = _make_history()
        store = self.new_store(change(*history))
        store.erase(history[0].case, at=START)
        shown = repr(read_personal(store, history[0].case)) + repr(
            [read_fields(entry.event) for entry in store.scan()]
        )
        texts = ("Đã xử lý", "CV-12.pdf", "Trả lời sớm", "chờ", "Tổ 3", CITIZEN.id)
        for secret in (*SECRETS, *texts):
            check(secret not in shown, f"{secret!r} is still there")

    def test_erasing_keeps_history_and_row(self) -> None:
        """Erasure changes no version, time, row or statistics, and no other case."""
        history, other = _make_history(), received("HB-2")
        store = self.new_store(change(*history), change(other))
        before = store.find(Query())
        store.erase(history[0].case, at=START)
        found = store.load(history[0].case)
        wanted = [(type(e), e.n, e.at, e.state, e.by.role) for e in history]
        kept = [(type(e), e.n, e.at, e.state, e.by.role) for e in found]
        check_same(wanted, kept, "the history")
        pairs = [(old.by, new.by) for old, new in zip(history, found, strict=True)]
        changed = [new for old, new in pairs if new != old]
        check(
            [type(by) for by in changed] == [ErasedPerson],
            f"only the citizen who rated is erased, not {changed}",
        )
        check_same(before, store.find(Query()), "the rows")
        check_same(fold(history).deadlines, fold(found).deadlines, "the deadlines")
        check_same((other,), store.load("HB-2"), "another case")

    def test_erasing_again_changes_nothing(self) -> None:
        """Erasing again, or an unknown case, has no effect and raises no error."""
        store = self.new_store(change(received("HB-1")))
        store.erase("HB-1", at=START)
        before = snapshot(store, "HB-1")
        store.erase("HB-1", at=START)
        store.erase("HB-2", at=START)
        check_same(before, snapshot(store, "HB-1"), "the store after a second erasure")

    def test_erased_text_cannot_be_guessed(self) -> None:
        """The same text in two cases leaves two digests, and its length."""
        store = self.new_store(
            *(change(received(case, content="0912")) for case in ("HB-1", "HB-2"))
        )
        marks = []
        for case in ("HB-1", "HB-2"):
            store.erase(case, at=START)
            marks.append(fold(store.load(case)).content)
        one, two = marks
        check(isinstance(one, Erased) and isinstance(two, Erased), f"not erased: {marks}")
        assert isinstance(one, Erased)  # just checked, for the reader of types
        assert isinstance(two, Erased)
        check_same(4, one.length, "the length")
        check(one.digest != two.digest, "equal texts have equal digests")

    def test_an_erased_case_goes_on(self) -> None:
        """A case that was erased takes further events, which are personal again."""
        first = received("HB-1")
        store = self.new_store(change(first))
        store.erase("HB-1", at=START)
        second = completed("HB-1", 2)
        store.commit([change(second, after=(first,))])
        check_same(second, store.load("HB-1")[1], "the new event")

    def test_erases_who_the_citizen_is(self) -> None:
        """The id of a citizen who acted is erased, that of an officer stays."""
        first = received("HB-1", by=CITIZEN)
        store = self.new_store(change(first, completed("HB-1", 2)))
        check(fold(store.load("HB-1")).sender_id == CITIZEN.id, "the sender is not known")
        store.erase("HB-1", at=START)
        case = fold(store.load("HB-1"))
        by = [event.by for event in store.load("HB-1")]
        check(isinstance(by[0].id, Erased), f"the citizen is {by[0].id!r}")
        check_same(OPERATOR, by[1], "the operator")
        check(case.sender_id != CITIZEN.id, "the sender is still known")

    def test_erased_act_is_known_again_and_tells_nothing(self) -> None:
        """After erasure the command of a personal act is a duplicate, whatever its content."""
        store = self.new_store(change(received("HB-1"), command="c", says="0912-345-678"))
        store.erase("HB-1", at=START)
        record = store.find_command("c")
        check(record is not None, "the command is gone")
        assert record is not None  # just checked, for the reader of types
        check(record.is_erased and record.salt is None, f"the record is {record!r}")
        for says in ("0912-345-678", "0912-345-679"):
            check(record.is_same(make_command("c", 1, says)), f"{says!r} is told from others")
            again = change(received("HB-1"), command="c", says=says)
            expect_error(DuplicateError, store, again)

    def test_erasure_keeps_what_impersonal_acts_said(self) -> None:
        """After erasure an act without names is still distinct from another. Later ones are too."""
        first, second = received("HB-1"), escalated("HB-1", 2)
        store = self.new_store(change(first))
        command = make_command("c", 2, "escalate", is_personal=False)
        store.commit([attrs.evolve(change(second, after=(first,)), commands=(command,))])
        store.erase("HB-1", at=START)
        later = change(completed("HB-1", 3), after=(first, second), command="late", says="more")
        store.commit([later])
        for name, version, says in (("c", 2, "close"), ("late", 3, "less")):
            record = store.find_command(name)
            check(record is not None, f"{name} is gone")
            assert record is not None  # just checked, for the reader of types
            is_same = record.is_same(make_command(name, version, says))
            said = f"{name!r} is known as an act that says {says!r}, which it did not: {record}"
            check(not is_same, f"{said}; its digest was not to be erased")

    def test_personal_act_without_text_is_erased_too(self) -> None:
        """An act that can name people is known again, and erased, also if its event has no text."""
        first = received("HB-1")
        store = self.new_store(change(first))
        store.commit([change(escalated("HB-1", 2), after=(first,), command="c", says=SECRETS[1])])
        record = require(store.find_command("c"), "the command is not known")
        known = [record.is_same(make_command("c", 2, says)) for says in SECRETS[1:3]]
        check_is([True, False], known, f"whether the act and another are the one of {record}")
        store.erase("HB-1", at=START)
        record = require(store.find_command("c"), "the command is gone")
        facts = record.is_erased, record.salt is None
        check_is((True, True), facts, "`is_erased`, and whether `salt` is None, after an erasure")

    def test_digests_of_personal_acts_are_keyed(self) -> None:
        """The same act in two cases leaves two digests. Trying all phones does not find it."""
        store = self.new_store(
            *(change(received(case), command=case, says="0912-345-678") for case in ("A", "B"))
        )
        records = [store.find_command(case) for case in ("A", "B")]
        digests = {record.digest for record in records if record is not None}
        plain = digest_content(b"0912-345-678", None)
        check(len(digests) == 2 and plain not in digests, f"the digests are {digests}")

    def test_bytes_of_an_erased_act_are_gone(self) -> None:
        """Neither long texts, the tracking code, the salt nor a digest to guess from is left."""
        first = received("HB-1", by=CITIZEN, content=SECRETS[3] * 500)
        store = self.new_store(change(first, command="c", says=SECRETS[1]))
        check(CITIZEN.id.encode() in self.stored_bytes(store), "the test looks in the wrong place")
        salt = require(store.find_command("c"), "the command is gone").salt
        store.erase("HB-1", at=START)
        left = self.stored_bytes(store)
        check(not salt or not find_spellings(salt, left), "the salt of the case is still there")
        for secret in (*SECRETS, CITIZEN.id, "MA-HB-1", digest_content(SECRETS[1].encode(), None)):
            check(secret.encode() not in left, f"the bytes of {secret!r} are still there")

    def test_erased_bytes_are_gone(self) -> None:
        """After erasure the bytes of personal data are in no file of the store."""
        store = self.new_store()
        history = _make_history()
        store.commit([change(*history)])
        # Many, of many lengths, out of order: so that an engine moves what it holds.
        chance = random.Random(SEED)  # noqa: S311  # the same each time
        order = chance.sample(range(200), 200)
        for i in order:
            text = f"[{SECRETS[0]}-{i}]" + "." * chance.choice((0, 10, 200, 900, 3000))
            store.commit([change(received(f"HB-{i}", content=text, sender=Sender()))])
        check(SECRETS[0].encode() in self.stored_bytes(store), "the test looks in the wrong place")
        for i in order[::-2]:
            store.erase(f"HB-{i}", at=START)
        store.erase(history[0].case, at=START)
        left = self.stored_bytes(store)
        marks = [f"[{SECRETS[0]}-{i}]" for i in order[::-2]]
        for secret in (*SECRETS[1:], CITIZEN.id, "Đã xử lý", "CV-12.pdf", "Tổ 3, Hòa Bình", *marks):
            check(secret.encode() not in left, f"the bytes of {secret!r} are still there")
        check(f"[{SECRETS[0]}-{order[0]}]".encode() in left, "a case was erased that should stay")

    def test_salts_are_drawn(self) -> None:
        """One act on one case has other digests in two stores: no salt is made of what is kept."""
        marks = [self._list_digests() for _ in range(2)]
        for name, one in marks[0].items():
            said = f"{name} has one digest in two stores: its salt can be computed, so draw it"
            check(one != marks[1][name], said)

    def _list_digests(self) -> dict[str, object]:
        """Return the digests of an act, and of its text once it is erased, in a new store."""
        store = self.new_store(change(received("HB-1"), command="c", says=SECRETS[1]))
        record = require(store.find_command("c"), "the command is not known")
        store.erase("HB-1", at=START)
        content = read_personal(store, "HB-1")[0]["content"]
        assert isinstance(content, Erased)  # as other tests check
        return {"what a personal act says": record.digest, "the content": content.digest}


def _make_history() -> tuple[Event, ...]:
    """Return every type of event, and one by a citizen, with a personal id."""
    history = every_event()
    return *history, rated(history[0].case, len(history) + 1)


def find_spellings(salt: bytes, data: bytes) -> list[bytes]:
    """Return the spellings of bytes found in others: as they are, in hexadecimal, or base64."""
    plain = base64.b64encode(salt).rstrip(b"=")
    spelt = (salt, plain, base64.urlsafe_b64encode(salt).rstrip(b"="))
    hexed = salt.hex().encode()
    found = [each for each in spelt if each in data]
    return [*found, *([hexed] if hexed in data.lower() else [])]


def read_fields(event: object) -> dict[str, object]:
    """Return every field of an event, those included that its repr hides."""
    return {name: getattr(event, name) for name in event.__slots__ if name != "__weakref__"}  # type: ignore[attr-defined]  # attrs makes slots


def read_personal(store: Store, case: str) -> list[dict[str, object]]:
    """Return every field of every event of a case."""
    return [read_fields(event) for event in store.load(case)]
