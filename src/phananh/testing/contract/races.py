"""Contract: threads that race for the same thing. One wins, and nobody sees half of anything."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any

from phananh.errors import ConflictError, DuplicateError, LeaseLostError, PhanAnhError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.regulation.request import Erased
from phananh.stores.base import Change, FeedEntry, Lease, Query
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.calls import Handle
from phananh.testing.contract.checks import check, check_same
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.consumers import MINUTE, claim
from phananh.testing.contract.pair import keys_of, read_feed
from phananh.testing.contract.suite import ContractTests, skip
from phananh.testing.contract.threads import repeat_for, run_beside, run_together
from phananh.testing.sample_events import START, change, completed, received, rescheduled

RACE = 0.7  # seconds
DAYS = (START + timedelta(days=1), START + timedelta(days=2))
ORDERS: tuple[Any, ...] = ("oldest", "newest", "due")


def check_row_is_fold(store: Any, case: str) -> None:
    """Check that the index row of a case says what its events add up to."""
    history = store.load(case)
    rows = [row for row in store.find(Query(limit=1000)).rows if row.case == case]
    wanted = [make_index_row(fold(history))] if history else []
    check_same(wanted, rows, f"the rows of {case}, of which {len(history)} events are recorded")


def check_one_won(outcomes: Sequence[Any], error: type[PhanAnhError], what: str) -> int:
    """Check that one call was done, and the others have this error. Return which was done."""
    lost = [each for each in outcomes if type(each) is error]
    is_fine = outcomes.count(None) == 1 and len(lost) == len(outcomes) - 1
    check(is_fine, f"of {what} one is recorded, the others get {error.__name__}: {outcomes}")
    return [*outcomes].index(None)


class RaceTests(ContractTests):
    """Threads, each with a handle of its own."""

    def _race(self, handles: Sequence[Any], rivals: Sequence[list[Change]]) -> list[Any]:
        pairs = zip(handles, rivals, strict=True)
        return run_together([partial(handle.commit, each) for handle, each in pairs])

    def test_one_of_racing_changes_is_recorded(self) -> None:
        """Of threads that begin one case, and of two reschedules on one version (Art. 9.3)."""
        handles = self.open_others(self.new_store(), 6)

        def attempt(i: int) -> None:
            first = [received(f"HB-{i}", content=f"luồng {k}") for k in range(6)]
            won = check_one_won(
                self._race(handles, [[change(each)] for each in first]), ConflictError, "beginnings"
            )
            moved = [rescheduled(f"HB-{i}", 2, to=day) for day in DAYS]
            rivals = [[change(each, after=(first[won],))] for each in moved]
            last = check_one_won(self._race(handles[:2], rivals), ConflictError, "reschedules")
            history = (first[won], moved[last])
            check_same(history, handles[5].load(f"HB-{i}"), f"the winners' history of HB-{i}")
            row = make_index_row(fold(history))
            check_same((row,), handles[4].find(Query(code=row.code)).rows, f"the row of HB-{i}")

        repeat_for(RACE, attempt)

    def test_one_of_racing_retries_is_recorded(self) -> None:
        """Of threads with one command the others get duplicates, and with one code StoreErrors."""
        handles = self.open_others(self.new_store(), 6)

        def attempt(i: int) -> None:
            new = change(received(f"HB-{i}"), command=f"c{i}")
            check_one_won(self._race(handles, [[new]] * 6), DuplicateError, "six with a command")
            cases = [received(f"K-{i}-{k}", code_digest=f"code {i}") for k in range(6)]
            outcomes = self._race(handles, [[change(each)] for each in cases])
            won = check_one_won(outcomes, StoreError, "six cases with one tracking code")
            begun = [each.case for each in cases if handles[0].load(each.case)]
            found = [row.case for row in handles[1].find(Query(code=f"code {i}")).rows]
            check_same([[cases[won].case]] * 2, [begun, found], "the cases of the code")

        count = repeat_for(RACE, attempt)
        check_same(2 * count, len(read_feed(handles[0])), "the events of the feed")

    def test_one_of_racing_lists_is_recorded(self) -> None:
        """Of the lists A, B and B, A one is whole, the other is a conflict, of new cases too."""
        store = self.new_store()
        self.need(store, "lists")
        handles = self.open_others(store, 2)

        def attempt(i: int) -> None:
            names = [f"HB-{i}-{k}" for k in range(2)]
            histories: list[tuple[Event, ...]] = [(), ()]
            for n, make in ((1, received), (2, _complete)):
                rivals = [[make(case, content=text) for case in names] for text in ("một", "hai")]
                lists = [
                    [change(*pair) if n == 1 else change(pair[0], after=histories[k])
                     for k, pair in enumerate([(each,) for each in rival])]
                    for rival in rivals
                ]  # fmt: skip
                outcomes = self._race(handles, [lists[0], lists[1][::-1]])
                won = check_one_won(outcomes, ConflictError, "crossing lists")
                histories = [(*histories[k], rivals[won][k]) for k in range(2)]
                found = [store.load(case) for case in names]
                check_same(histories, found, "the histories of the winner's list")

        repeat_for(RACE, attempt)

    def test_one_of_racing_workers_has_the_lease(self) -> None:
        """Of workers that claim at once, new or taken over. No position goes back."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(8)))
        positions = [entry.position for entry in store.scan()]
        handles = self.open_others(store, 6)
        numbers: list[int] = []

        def attempt(i: int) -> None:
            now = START + i * MINUTE
            for name in ("known", f"new {i}"):
                calls = [partial(each.claim, name, now, now + MINUTE) for each in handles]
                outcomes = run_together(calls)
                won = [each for each in outcomes if isinstance(each, Lease)]
                is_fine = len(won) == 1 and outcomes.count(None) == 5
                check(is_fine, f"of six workers one has {name!r}, the others None: {outcomes}")
                numbers.extend(each.number for each in won if name == "known")
            steps = [
                partial(each.advance, won[0], positions[k])
                for each, k in zip(handles[:3], (7, 0, 3), strict=True)
            ]
            outcome = run_together(steps)[0]
            check(isinstance(outcome, Lease), f"an advance beside others is {outcome!r}")
            taken = claim(handles[4], now=now + MINUTE, until=now + 2 * MINUTE, name=f"new {i}")
            found = taken.position
            check_same(positions[7], found, "the position, beside advances to earlier ones")

        repeat_for(RACE, attempt)
        check(numbers == sorted({*numbers}), f"the numbers of leases are {numbers}")

    def test_follower_of_the_feed_misses_nothing(self) -> None:
        """Beside four writers of lists: each event once, those of a commit together, in order."""
        handles = self.open_others(self.new_store(), 5)
        lists = "lists" in handles[0].capabilities
        followed: list[FeedEntry] = []
        begun: list[tuple[Lease, int]] = []

        def read() -> None:
            after = followed[-1].position if followed else None
            followed.extend(handles[4].scan(after, limit=7))
            if len(begun) < 30 and len(followed) > 5 * len(begun):
                end = handles[4].claim(f"mail {len(begun)}", START, START + MINUTE, start="end")
                begun.append((end, len(followed)))

        writers = [
            partial(_write_groups, each, f"W{k}", lists) for k, each in enumerate(handles[:4])
        ]
        run_beside(writers, read)
        after = followed[-1].position if followed else None
        followed += read_feed(handles[4], after=after)
        keys = keys_of(followed)
        check_same(keys_of(read_feed(handles[0])), keys, "what a follower has read, and the feed")
        check_same(4 * 12 * 6, len({*keys}), "the events in the feed, each once")
        groups = groupby(keys, key=lambda key: key[0].rpartition("-")[0])
        sizes = [len([*group]) for _, group in groups]
        check_same(
            [6 if lists else 3] * (48 if lists else 96), sizes, "runs of one commit's events"
        )
        for lease, seen in begun:
            rest = keys_of(read_feed(handles[0], after=lease.position))
            missed = {*keys[seen:]} - {*rest} - {*keys[: len(keys) - len(rest)]}
            check(rest == keys[len(keys) - len(rest) :] and not missed, f"{lease} misses {missed}")

    def test_readers_see_no_part_of_a_commit(self) -> None:
        """Beside a writer of lists: whole commits in load, find, count and scan, and rows as told."""
        store = self.new_store()
        self.need(store, "lists")
        reader = self.open_another(store)

        def write() -> None:
            for n in range(1, 41):
                news = [f"N{n}-{i}" for i in range(18)]
                pair = [make_history(case, n) for case in ("HB-1", "HB-2")]
                changes = [change(each[-1], after=each[:-1]) for each in pair]
                store.commit([changes[0], *(change(received(case)) for case in news), changes[1]])

        def read() -> None:
            for first, second in (("HB-1", "HB-2"), ("HB-2", "HB-1")):
                before, after = len(reader.load(first)), len(reader.load(second))
                check(before <= after, f"{first} was at {before}, then {second} at {after}")
            for order in ORDERS:
                rows = reader.find(Query(order=order, limit=1000)).rows
                versions = {row.case: row.version for row in rows if row.case.startswith("HB-")}
                check(len({*versions.values()}) < 2, f"a page shows {versions}")
                n = max([0, *versions.values()])
                said = f"{len(rows)} rows are listed at version {n}: a part of a commit"
                check(len(rows) == (18 * n + 2 if n else 0), said)
                behind = len(reader.load("HB-1"))
                check(behind >= n, f"a row is at version {n}, and {behind} events are loaded")
            counts = {
                "count": (reader.count(Query(), limit=1000), 18),
                "scan": (len(reader.scan(limit=2000)), 20),
            }
            for call, (count, size) in counts.items():
                rest = count % size - (2 if call == "count" and count else 0)
                check(rest == 0, f"{call} shows {count}: {size} are recorded at once")

        run_beside([write], read)
        check_row_is_fold(store, "HB-1")

    def test_acts_and_leases_beside_erasures_are_not_lost(self) -> None:
        """Acts, claims and advances of some handles, while another erases: all is there after."""
        handles = self.open_others(self.new_store(change(received("HB-0"))), 4)
        position = handles[0].scan()[0].position
        count = 40

        def act() -> None:
            for i in range(count):
                handles[0].commit([change(received(f"A-{i}"), command=f"A-{i}")])

        def erase() -> None:
            for i in range(count):
                handles[1].commit([change(received(f"E-{i}"), command=f"E-{i}")])
                handles[1].erase(f"E-{i}", at=START)

        def lease() -> None:
            for i in range(count):
                given = claim(handles[2], name=f"mail {i}")
                handles[2].advance(given, position)

        def read() -> None:
            for entry in read_feed(handles[3]):
                case = entry.event.case
                check(len(handles[3].load(case)) == 1, f"{case} is in the feed, and has no event")

        run_beside([act, erase, lease], read)
        for handle in handles:
            for i in range(count):
                check(len(handle.load(f"A-{i}")) == 1, f"A-{i} is lost beside an erasure")
                record = handle.find_command(f"A-{i}")
                check(record and not record.is_erased, f"the command A-{i}: {record}")
                content = fold(handle.load(f"E-{i}")).content
                check(isinstance(content, Erased), f"E-{i} was erased, and says {content!r}")
                held = handle.claim(f"mail {i}", START, START + MINUTE)
                check(held is None, f"the lease of 'mail {i}' is lost beside an erasure")
        lost = claim(handles[3], now=START + MINUTE, until=START + 2 * MINUTE, name="mail 0")
        check_same(position, lost.position, "a position that was recorded beside an erasure")

    def test_closing_a_handle_lets_no_second_act_through(self) -> None:
        """While handles are opened and closed, one of two acts on one version is recorded."""
        store = self.new_store()
        handles = self.open_others(store, 3)
        if handles[1] is store:
            skip("another handle, by `connect(store)`")

        def open_and_close() -> None:
            for _ in range(3):
                opened = self.connect(store.inner)
                opened.load("HB-0")
                opened.close()

        def attempt(i: int) -> None:
            first = received(f"HB-{i}")
            store.commit([change(first)])
            rivals = [[change(_complete(f"HB-{i}", content=text), after=(first,))] for text in "ab"]
            calls = [partial(handles[k + 1].commit, each) for k, each in enumerate(rivals)]
            *outcomes, closed = run_together([*calls, open_and_close])
            check(closed is None, f"a handle is opened and closed: {closed!r}")
            won = check_one_won(outcomes, ConflictError, "two acts, while a handle is closed")
            check_same((first, *rivals[won][0].events), store.load(f"HB-{i}"), f"HB-{i}")

        repeat_for(RACE, attempt)

    def test_released_lease_is_lost_at_once(self) -> None:
        """A worker that advances while another releases and claims moves no position of theirs."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(3)))
        positions = [entry.position for entry in store.scan()]
        handles = self.open_others(store, 2)

        def attempt(i: int) -> None:
            old = claim(handles[0], name=f"mail {i}")

            def take() -> Lease:
                handles[1].release(old)
                return claim(handles[1], name=f"mail {i}")

            late, new = run_together([partial(handles[0].advance, old, positions[2]), take])
            is_lost = isinstance(late, LeaseLostError)
            check(is_lost or isinstance(late, Lease), f"an advance beside a release: {late!r}")
            wanted = new.position if isinstance(new, Lease) else "a lease"
            said = "the position of the new lease, beside an advance by the old"
            check_same(None if is_lost else positions[2], wanted, said)

        repeat_for(RACE / 2, attempt)


def _complete(case: str, *, content: str) -> Event:
    return completed(case, 2, content)


def _write_groups(store: Handle, name: str, lists: bool) -> None:
    """Commit twelve times two cases of three events each, as a list if the store takes lists."""
    for i in range(12):
        changes = [change(*make_history(f"{name}-{i}-{k}", 3)) for k in "ab"]
        commits: list[list[Change]] = [changes] if lists else [[each] for each in changes]
        for each in commits:
            store.commit(each)
