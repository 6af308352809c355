"""Defects of erasure: what is left of people, and of what they did."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import pickle
from collections.abc import Sequence
from datetime import datetime

import attrs

from phananh.regulation.events import Escalated
from phananh.stores.base import Change, CommandRecord, digest_content
from phananh.stores.codec import erase_event
from phananh.stores.conflicts import make_record
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


@found_by("test_digests_of_personal_acts_are_keyed")
class DigestWithoutSalt(MemoryStore):
    """Digests what an act says without a key: a phone number is found by trying them all."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        records = super()._new_records(changes)
        for change in changes:
            for each in change.commands:
                digest = digest_content(each.content, None)
                records[each.id] = attrs.evolve(records[each.id], digest=digest, salt=None)
        return records


@found_by("test_erased_act_is_known_again_and_tells_nothing")
class KeepsTheSalt(MemoryStore):
    """Erases the texts, and keeps the key by which an act can be guessed."""

    def erase(self, case: str, *, at: datetime) -> None:
        records = dict(self._records)
        super().erase(case, at=at)
        self._records = records


@found_by("test_erasure_keeps_what_impersonal_acts_said")
class ErasesEveryAct(MemoryStore):
    """Takes any act for the one that was done, though it named nobody."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        for name, record in self._records.items():
            if record.case == case:
                self._records[name] = attrs.evolve(record, is_erased=True)


@found_by("test_erases_who_the_citizen_is")
class CitizenStays(MemoryStore):
    """Erases what was said, and not who said it."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        super().erase(case, at=at)
        self._histories[case] = tuple(
            attrs.evolve(new, by=old.by)
            for old, new in zip(before, self._histories.get(case, ()), strict=True)
        )


@found_by("test_several_acts_of_a_change_are_found_each")
class OneCommandAChange(MemoryStore):
    """Records the first act of a change, and forgets the others."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        return super()._new_records(
            [attrs.evolve(change, commands=change.commands[:1]) for change in changes]
        )


@found_by("test_commands_of_a_commit_are_all_known_or_all_new")
class TakesTheRest(MemoryStore):
    """Records those acts of a list that are new, beside others that are not."""

    def commit(self, changes: Sequence[Change], /) -> None:
        new = [c for c in changes if not any(each.id in self._records for each in c.commands)]
        super().commit(new or changes)


class Written(MemoryStore):
    """The store in memory, which can be asked for all bytes that it would write."""

    def stored_bytes(self) -> bytes:
        """Return everything that is kept."""
        return pickle.dumps((self._histories, self._rows, self._records, self._feed))


@found_by("test_erased_bytes_are_gone")
class KeepsAJournal(Written):
    """Keeps what was recorded in a journal, which erasure does not reach."""

    sound = Written

    def __init__(self) -> None:
        super().__init__()
        self._journal = b""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self._journal += pickle.dumps([change.events for change in changes])

    def stored_bytes(self) -> bytes:
        return super().stored_bytes() + self._journal


@found_by("test_bytes_of_an_erased_act_are_gone")
class KeepsAPlainDigest(Written):
    """Keeps a digest without a key of what each act says, to look for doubles."""

    sound = Written

    def __init__(self) -> None:
        super().__init__()
        self._digests: list[str] = []

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        acts = (act for change in changes for act in change.commands)
        self._digests += [digest_content(act.content, None) for act in acts]

    def stored_bytes(self) -> bytes:
        return super().stored_bytes() + repr(self._digests).encode()


@found_by("test_bytes_of_an_erased_act_are_gone")
class KeepsOldSalts(Written):
    """Moves the salt of an erased act to another place."""

    sound = Written

    def __init__(self) -> None:
        super().__init__()
        self._old: list[str] = []

    def erase(self, case: str, *, at: datetime) -> None:
        salts = (record.salt for record in self._records.values() if record.case == case)
        self._old += [salt.hex() for salt in salts if salt]
        super().erase(case, at=at)

    def stored_bytes(self) -> bytes:
        return super().stored_bytes() + repr(self._old).encode()


@found_by("test_salts_are_drawn")
class ComputesTheSaltOfAnAct(MemoryStore):
    """Makes the salt of an act of its case and version."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        acts = {each.id: (each, change.case) for change in changes for each in change.commands}
        return {
            name: make_record(act, case, f"{case}, version {act.version}".encode())
            for name, (act, case) in acts.items()
        }


@found_by("test_salts_are_drawn")
class ComputesTheSaltOfAText(MemoryStore):
    """Makes the salt of a text of its case."""

    def erase(self, case: str, *, at: datetime) -> None:
        history = self._histories.get(case, ())
        super().erase(case, at=at)
        salt = case.encode().ljust(16)
        self._histories[case] = tuple(erase_event(event, salt) for event in history)


@found_by("test_personal_act_without_text_is_erased_too")
class KeepsSaltsWithoutText(MemoryStore):
    """Erases the salts of events that have a personal text, and leaves the others."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = dict(self._records)
        history = self._histories.get(case, ())
        super().erase(case, at=at)
        for name, record in before.items():
            if record.case == case and isinstance(history[record.version - 1], Escalated):
                self._records[name] = record


@found_by("test_personal_act_without_text_is_erased_too")
class KeepsNoSaltWithoutText(MemoryStore):
    """Keeps the salt of an act with the personal text of its event, if it has one."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for change in changes:
            events = {event.n: event for event in change.events}
            for act in change.commands:
                if isinstance(events[act.version], Escalated):
                    self._records[act.id] = attrs.evolve(self._records[act.id], salt=None)
