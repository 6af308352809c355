"""Contract: what goes on around an erased case: the feed, commands, other cases, later texts."""

from datetime import timedelta

from phananh.errors import ConflictError, DuplicateError, StoreError
from phananh.regulation.events import Completed, Event
from phananh.regulation.request import Erased
from phananh.stores.base import Query, Store
from phananh.testing.contract.base import ContractTests, check, expect_error
from phananh.testing.contract.comparison import check_events, check_same, require
from phananh.testing.contract.feed import keys_of, read_feed
from phananh.testing.sample_events import (
    SECRETS,
    START,
    change,
    completed,
    deadline,
    escalated,
    received,
)

MINUTE = timedelta(minutes=1)
LATER = START + timedelta(days=400)
NAMES = ("HB-1", "HB-10", "HB-1 ", "hb-1", "HB", "HB_1", "HB%")
"""Ids that patterns and careless comparisons take for each other."""


def content_of(event: Event) -> object:
    """Return the content of an event that has one."""
    content: object = getattr(event, "content", None)
    return content


class ErasedCaseTests(ContractTests):
    """Life after an erasure."""

    def test_positions_resume_after_an_erasure(self) -> None:
        """Every position that was read before an erasure resumes the feed at the same event."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(5)))
        before = read_feed(store)
        store.erase("HB-2", at=LATER)
        store.commit([change(received("HB-5"))])
        keys = [*keys_of(before), ("HB-5", 1)]
        check_same(keys, keys_of(read_feed(store)), "the feed after an erasure")
        for i, entry in enumerate(before):
            found = keys_of(list(store.scan(entry.position)))
            check_same(keys[i + 1 :], found, f"the feed after event {i + 1}")

    def test_consumers_stand_where_they_stood(self) -> None:
        """A consumer goes on after an erasure from its position before."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(4)))
        lease = require(store.claim("mail", START, START + MINUTE), "it is held")
        position = store.scan()[1].position
        lease = store.advance(lease, position)
        store.erase("HB-0", at=LATER)
        store.erase("HB-1", at=LATER)
        store.release(lease)
        again = require(store.claim("mail", START, START + MINUTE), "it is held")
        found = [entry.event.case for entry in store.scan(again.position)]
        check_same(["HB-2", "HB-3"], found, "what the consumer reads on")

    def test_every_read_of_an_erased_case_is_the_same(self) -> None:
        """Read twice, from the history and from the feed, erased values are the same."""
        store = self.new_store(change(received("HB-1"), completed("HB-1", 2)))
        store.erase("HB-1", at=LATER)
        first = store.load("HB-1")
        check_events(first, store.load("HB-1"), "an erased history, read again")
        check_events(first, tuple(e.event for e in store.scan()), "an erased history, in the feed")

    def test_another_handle_reads_on_after_an_erasure(self) -> None:
        """A handle that read before sees the erasure also if more was recorded after it."""
        store = self.new_store(change(received("HB-1"), command="c"))
        other = self.close_later(self.connect(store))
        other.load("HB-1")
        store.erase("HB-1", at=LATER)
        added = received("HB-2", content="dài " * 4000)  # more than the erasure took away
        store.commit([change(added)])
        content = content_of(other.load("HB-1")[0])
        said = "another handle reads what was erased before the last act"
        check(isinstance(content, Erased), said)
        record = require(other.find_command("c"), "another handle does not know the command")
        check(record.is_erased, f"{said}: of {record} `is_erased` is False")
        check_events((added,), other.load("HB-2"), "what was recorded after an erasure")

    def test_another_handle_sees_the_erasure(self) -> None:
        """A handle that had read the case reads it erased as soon as another has erased it."""
        store = self.new_store(change(received("HB-1")))
        other = self.close_later(self.connect(store))
        for handle in (store, other):
            check_same(SECRETS[3], content_of(handle.load("HB-1")[0]), "the content before")
            check_same(SECRETS[3], content_of(handle.scan()[0].event), "the content in the feed")
        other.erase("HB-1", at=LATER)
        for handle in (store, other):
            for event in (handle.load("HB-1")[0], handle.scan()[0].event):
                check(isinstance(event.sender, Erased), "a handle still reads the sender")  # type: ignore[attr-defined]  # it is a Received
                check(isinstance(content_of(event), Erased), "a handle still reads the content")

    def test_second_erasure_takes_what_came_since(self) -> None:
        """Texts that an erased case took later are erased by the next erasure, and only then."""
        store = self.new_store(change(received("HB-1")))
        for n in range(2, 6):
            store.erase("HB-1", at=LATER)
            new = completed("HB-1", n, f"bí mật {n}")
            store.commit([change(new, after=self._restore(store))])
            check_same(new, store.load("HB-1")[-1], "what was added to an erased case")
            erased = [content_of(event) for event in store.load("HB-1")[:-1]]
            check(all(isinstance(text, Erased) for text in erased), f"not erased: {erased}")
        store.erase("HB-1", at=LATER)
        shown = [content_of(entry.event) for entry in store.scan()]
        check(all(isinstance(text, Erased) for text in shown), f"not erased: {shown}")

    def _restore(self, store: Store) -> tuple[Event, ...]:
        """Return a history of as many events as the case has."""
        count = len(store.load("HB-1"))
        return received("HB-1"), *(completed("HB-1", n) for n in range(2, count + 1))

    def test_erasure_takes_every_version(self) -> None:
        """In a history of hundreds of events no text is left, of the first, nor of the last."""
        history = [received("HB-1"), *(completed("HB-1", n, f"chữ {n}") for n in range(2, 601))]
        store = self.new_store(change(*history))
        store.erase("HB-1", at=LATER)
        left = [event.n for event in store.load("HB-1") if isinstance(content_of(event), str)]
        check_same([], left, "the versions whose text is left")
        in_feed = [e.event.n for e in read_feed(store) if isinstance(content_of(e.event), str)]
        check_same([], in_feed, "the versions whose text is left in the feed")

    def test_erased_case_still_refuses_old_versions(self) -> None:
        """A change decided on an older version of an erased case is a conflict as ever."""
        first, second = received("HB-1"), completed("HB-1", 2)
        store = self.new_store(change(first, second))
        store.erase("HB-1", at=LATER)
        stale = change(completed("HB-1", 2), after=(first,))
        error = expect_error(ConflictError, store, stale)
        check_same((1, 2), (error.expected, error.actual), "the versions of the conflict")
        again = change(received("HB-1", code_digest="x"))
        expect_error(ConflictError, store, again)
        check_same(2, len(store.load("HB-1")), "the number of events")

    def test_commands_outlive_an_erasure(self) -> None:
        """Each command of an erased case is a duplicate of its first result, and repeats no act."""
        store, history = self.new_store(), (received("HB-1"), completed("HB-1", 2))
        acts = [
            change(event, after=history[:n], command=f"c{n + 1}") for n, event in enumerate(history)
        ]
        for act in acts:
            store.commit([act])
        store.erase("HB-1", at=LATER)
        for n, act in enumerate(acts, 1):
            error = expect_error(DuplicateError, store, act)
            check_same(("HB-1", n), (error.case, error.version), f"what c{n} led to")
        check_same(2, len(store.scan()), "the events of the feed")

    def test_code_of_an_erased_case_stays_its_own(self) -> None:
        """The tracking code of an erased case finds it still, and no other case may have it."""
        store = self.new_store(change(received("HB-1", code_digest="same")))
        store.erase("HB-1", at=LATER)
        found = [row.case for row in store.find(Query(code="same")).rows]
        check_same(["HB-1"], found, "the case of the code")
        expect_error(StoreError, store, change(received("HB-2", code_digest="same")))
        check_same((), store.load("HB-2"), "a case with the code of an erased one")

    def test_erasing_ahead_erases_nothing(self) -> None:
        """A case that begins after its id was erased is whole: it was another's erasure."""
        store = self.new_store()
        store.erase("HB-1", at=LATER)
        history = (received("HB-1"), completed("HB-1", 2))
        store.commit([change(history[0], command="c", says="one")])
        store.commit([change(history[1], after=history[:1])])
        check_events(history, store.load("HB-1"), "a case that began after an erasure")
        record = require(store.find_command("c"), "the command is missing")
        check(not record.is_erased, "the command of a later act reads as erased")

    def test_erasing_one_erases_no_other(self) -> None:
        """Of cases with similar ids the one that is named is erased."""
        for name in NAMES:
            cases = {case: received(case) for case in NAMES}
            store = self.new_store(*(change(e, command=c, says=c) for c, e in cases.items()))
            store.erase(name, at=LATER)
            for case, event in cases.items():
                self._check_is_erased(store, event, wanted=case == name)

    def _check_is_erased(self, store: Store, event: Event, *, wanted: bool) -> None:
        (found,) = store.load(event.case)
        is_erased = isinstance(content_of(found), Erased)
        check(is_erased == wanted, f"{event.case!r}: erased is {is_erased}, not {wanted}")
        record = require(store.find_command(event.case), f"no command of {event.case!r}")
        check(record.is_erased == wanted, f"{event.case!r}: its command is erased: {not wanted}")

    def test_lists_and_sums_stay_after_an_erasure(self) -> None:
        """Rows, counts, calendars in use and due times are what they were before."""
        store = self.new_store(
            change(received("HB-1"), escalated("HB-1", 2, clock=deadline())),
            change(received("HB-2")),
        )
        before = self._read_sums(store)
        store.erase("HB-1", at=LATER)
        check_same(before, self._read_sums(store), "what lists and counts show")

    def _read_sums(self, store: Store) -> tuple[object, ...]:
        queries = (Query(), Query(due_before=LATER), Query(unit="VP-UBND"), Query(kind="conduct"))
        rows = [store.find(each).rows for each in queries]
        return rows, [store.count(each) for each in queries], store.list_calendars()

    def test_length_of_what_was_erased_stays(self) -> None:
        """An erased text says how long it was, beyond the first plane too, and no more."""
        texts = ("0912", "ệ" * 1000, "🚍" * 20_000)
        history: tuple[Event, ...] = (received("HB-1"),)
        history += tuple(completed("HB-1", n, text) for n, text in enumerate(texts, 2))
        store = self.new_store(change(*history))
        store.erase("HB-1", at=LATER)
        found = [event for event in store.load("HB-1") if isinstance(event, Completed)]
        lengths = [event.content.length for event in found if isinstance(event.content, Erased)]
        check_same([len(text) for text in texts], lengths, "the lengths of erased texts")
