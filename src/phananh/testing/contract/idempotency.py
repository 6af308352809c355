"""Contract: a command id is recorded once. Again is a DuplicateError, before any conflict."""

import attrs

from phananh.errors import (
    CommandReusedError,
    ConflictError,
    DuplicateError,
    PhanAnhError,
    StoreError,
)
from phananh.stores.base import Change
from phananh.testing.contract.base import (
    ContractTests,
    check,
    check_absent,
    check_is,
    expect_error,
    run_together,
    snapshot,
)
from phananh.testing.contract.comparison import check_same, require
from phananh.testing.sample_events import (
    SECRETS,
    change,
    completed,
    escalated,
    make_command,
    received,
)


class IdempotencyTests(ContractTests):
    """The retry of a command has no effect, and gets the first result of the command."""

    def test_repeated_command_is_a_duplicate(self) -> None:
        """A command again is a DuplicateError with the case and the version it led to."""
        first = received("HB-1")
        act = change(completed("HB-1", 2), after=(first,), command="c2")
        store = self.new_store(change(first), act)
        before = snapshot(store, "HB-1")
        again = change(completed("HB-1", 3), after=(first, completed("HB-1", 2)), command="c2")
        error = expect_error(DuplicateError, store, again)
        facts = (error.command_id, error.case, error.version)
        check_same(("c2", "HB-1", 2), facts, "what c2 led to")
        check_same(before, snapshot(store, "HB-1"), "the store after a duplicate")

    def test_duplicate_comes_before_conflict(self) -> None:
        """The retry on a version that is stale by now is a duplicate, not a conflict."""
        first = received("HB-1")
        act = change(completed("HB-1", 2), after=(first,), command="c2")
        store = self.new_store(change(first), act)
        expect_error(DuplicateError, store, act)

    def test_duplicate_comes_before_a_conflict_earlier_in_the_list(self) -> None:
        """A list that was recorded is a duplicate, whichever of its changes has the command."""
        self.skip_unless_declared("lists")
        changes = [change(received("HB-1")), change(received("HB-2"), command="c")]
        store = self.new_store()
        store.commit(changes)
        expect_error(DuplicateError, store, *changes)

    def test_retried_beginning_is_found_though_its_case_is_new(self) -> None:
        """A `receive` again, under a new case id, is a duplicate of the first."""
        store = self.new_store(change(received("HB-1"), command="c"))
        error = expect_error(DuplicateError, store, change(received("HB-2"), command="c"))
        check_same(("HB-1", 1), (error.case, error.version), "what c led to")
        check_absent(store, "HB-2", "a second case was begun")

    def test_reused_command_is_refused(self) -> None:
        """A command id with other content is a CommandReusedError, and leaves no trace."""
        first = received("HB-1")
        store = self.new_store(change(first, command="c", says="one"))
        before = snapshot(store, "HB-1")
        other = change(escalated("HB-1", 2), after=(first,), command="c", says="two")
        error = expect_error(CommandReusedError, store, other)
        check(error.field == "command_id", f"the field is {error.field}")
        check("HB-1" not in repr(error) + str(error), "the case of the first act is told")
        check_same(before, snapshot(store, "HB-1"), "the store after a refused change")

    def test_command_twice_in_a_list_is_a_duplicate(self) -> None:
        """One command id for two changes of a list records neither."""
        self.skip_unless_declared("lists")
        store = self.new_store()
        changes = [change(received(case), command="c") for case in ("HB-1", "HB-2")]
        expect_error(DuplicateError, store, *changes)
        check_absent(store, "HB-1", "one was recorded")
        check(store.find_command("c") is None, "one was recorded")

    def test_conflict_does_not_use_the_command_up(self) -> None:
        """A command with a change that conflicted is recorded when the change is decided anew."""
        first, second = received("HB-1"), completed("HB-1", 2)
        store = self.new_store(change(first), change(second, after=(first,)))
        expect_error(
            ConflictError, store, change(escalated("HB-1", 2), after=(first,), command="c")
        )
        store.commit([change(escalated("HB-1", 3), after=(first, second), command="c")])
        check_same(3, len(store.load("HB-1")), "the number of events")

    def test_find_command_returns_what_a_command_led_to(self) -> None:
        """A record has the command, the case and the version, and knows the act again."""
        store = self.new_store(change(received("HB-1"), completed("HB-1", 2), command="c"))
        record = store.find_command("c")
        check(record is not None, "there is no record")
        assert record is not None  # just checked, for the reader of types
        facts = (record.command, record.case, record.version)
        check_same(("c", "HB-1", 2), facts, "the record")
        check(record.is_same(make_command("c", 2)), "the same act is another")
        check(not record.is_same(make_command("c", 2, says="e")), "another act is the same")
        check(store.find_command("C") is None, "an unknown command has a record")

    def test_blanks_in_command_ids_count(self) -> None:
        """Command ids that differ by blanks, at their ends too, are different commands."""
        names = ("c 1", "c  1", "c1", " c1", "c1 ", "c1\t", "c1\n", "c\u00a01", "c1.")
        acts = [change(received(f"HB-{i}"), command=name) for i, name in enumerate(names)]
        store = self.new_store()
        for act, name in zip(acts, names, strict=True):
            check(store.find_command(name) is None, f"{name!r} is known before it was recorded")
            store.commit([act])
        for act, name in zip(acts, names, strict=True):
            record = require(store.find_command(name), f"{name!r} is not known")
            check_same((name, act.case), (record.command, record.case), f"what {name!r} led to")
            expect_error(DuplicateError, store, act)

    def test_same_content_under_two_commands_is_two_acts(self) -> None:
        """An act with the same content may be recorded again under another command id."""
        first = received("HB-1")
        store = self.new_store(change(first, command="a", says="same"))
        second = completed("HB-1", 2)
        store.commit([change(second, after=(first,), command="b", says="same")])
        store.commit([change(received("HB-2"), command="c", says="same")])
        found = [(each.case, each.version) for each in map(store.find_command, "abc") if each]
        check_same([("HB-1", 1), ("HB-1", 2), ("HB-2", 1)], found, "what the commands led to")

    def test_retry_is_known_however_long_ago(self) -> None:
        """A command is a duplicate of its own version, however many versions came since."""
        history = (received("HB-1"), *(completed("HB-1", n) for n in range(2, 32)))
        act = change(history[0], command="first")
        store = self.new_store(act, change(*history[1:], after=history[:1]))
        error = expect_error(DuplicateError, store, act)
        check_same(("HB-1", 1), (error.case, error.version), "what the first act led to")

    def test_refusals_name_nobody(self) -> None:
        """No refusal of a store shows personal data of the change, as errors are logged."""
        first = received("HB-1", code_digest="same")
        store = self.new_store(change(first, command="c", says=SECRETS[1]))
        again = change(first, command="c", says=SECRETS[1])
        refused: tuple[tuple[type[PhanAnhError], Change], ...] = (
            (DuplicateError, again),
            (CommandReusedError, change(received("HB-2"), command="c", says=SECRETS[2])),
            (ConflictError, change(first)),
            (StoreError, change(received("HB-3", code_digest="same"))),
        )
        for kind, each in refused:
            error = expect_error(kind, store, each)
            shown = f"{error!s} {error!r} {error.as_dict()!r}"
            for secret in (*SECRETS, each.row.code):
                check(secret not in shown, f"{kind.__name__} says {secret!r}: {shown}")

    def test_several_acts_of_a_change_are_found_each(self) -> None:
        """A change of several acts records a command for each, with the version it led to."""
        commands = (make_command("a", 1), make_command("b", 3))
        new = change(received("HB-1"), completed("HB-1", 2), completed("HB-1", 3))
        store = self.new_store(attrs.evolve(new, commands=commands))
        for name, version in (("a", 1), ("b", 3)):
            record = require(store.find_command(name), f"{name!r} is not known")
            check_is(version, record.version, f"the version that {name!r} led to")

    def test_commands_of_a_commit_are_all_known_or_all_new(self) -> None:
        """Acts recorded together are a duplicate together. With a new one they are refused."""
        self.skip_unless_declared("lists")
        first = attrs.evolve(change(received("HB-1")), commands=(make_command("a", 1),))
        second = attrs.evolve(change(received("HB-2")), commands=(make_command("b", 1),))
        store = self.new_store()
        store.commit([first, second])
        expect_error(DuplicateError, store, first, second)
        third = attrs.evolve(change(received("HB-3")), commands=(make_command("c", 1),))
        expect_error(CommandReusedError, store, first, third)
        check_absent(store, "HB-3", "one was recorded")
        check(store.find_command("c") is None, "one was recorded")

    def test_one_of_simultaneous_retries_is_recorded(self) -> None:
        """Of six threads with one command, one records. The others are duplicates: 20 times."""
        store = self.new_store()
        for i in range(20):
            new = change(received(f"HB-{i}"), command=f"c{i}")
            outcomes = run_together([lambda c=new: store.commit([c])] * 6)  # type: ignore[misc]  # a default argument
            duplicates = [o for o in outcomes if isinstance(o, DuplicateError)]
            check(
                outcomes.count(None) == 1 and len(duplicates) == 5, f"the outcomes are {outcomes}"
            )
            check(len(store.load(f"HB-{i}")) == 1, "it was recorded twice")

    def test_lost_reply_is_settled_by_the_command(self) -> None:
        """After a commit without an answer, a retry with the same id doubles no act."""
        first = received("HB-1")
        store = self.new_store(change(first))
        for n in range(2, 22):
            history = store.load("HB-1")
            act = change(completed("HB-1", n), after=history, command=f"c{n}")
            store.commit([act])  # and suppose that the answer is lost
            expect_error(DuplicateError, store, act)
        check_same(21, len(store.load("HB-1")), "the number of events")
