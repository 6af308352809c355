"""Contract: personal data is erased for good, for every handle. History, row and place stay."""

import base64
import random
from typing import Any

import attrs

from phananh.regulation.request import Erased, Sender
from phananh.stores.base import digest_content
from phananh.testing.contract.checks import check, check_same, require
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.values import make_cases
from phananh.testing.sample_events import (
    CITIZEN,
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

NAMES = ("HB-1", "HB-10", "HB-1 ", "hb-1", "HB", "HB_1", "HB%")
"""Ids that patterns and careless comparisons take for each other."""


class ErasureTests(ContractTests):
    """Erasing a case, and what goes on around it."""

    def test_every_personal_text_is_erased_and_nothing_else(self) -> None:
        """For every handle, in history and feed. Rows, times, lengths and other cases stay."""
        history = every_event()
        history = *history, rated(history[0].case, len(history) + 1)
        case = history[0].case
        pair = self.new_pair(change(*history, command="c"), change(received("HB-2")))
        pair.check_everything()
        pair.erase(case)
        pair.check_everything()
        shown = repr([read_fields(each) for each in pair.store.load(case)])
        texts = ("Đã xử lý", "CV-12.pdf", "Trả lời sớm", "chờ", "Tổ 3", CITIZEN.id)
        for secret in (*SECRETS, *texts):
            check(secret not in shown, f"{secret!r} is still there")
        for by in range(3):
            pair.erase(case, by=by)
            pair.erase("HB-unknown", by=by)
            pair.check_everything()
        pair.reopen()
        pair.check_everything()
        pair.check_positions()

    def test_erased_case_goes_on(self) -> None:
        """What it takes later is whole until the next erasure, by an idle handle too."""
        pair = self.new_pair(change(received("HB-1"), command="c1"), *make_cases(["HB-2"]))
        pair.check_everything()
        history = make_history("HB-1", 6)
        for n in range(1, 6):
            pair.erase("HB-1", by=n % 2)
            pair.erase("HB-2", by=n % 2)
            later = change(history[n], after=history[:n], command=f"c{n + 1}")
            if n == 1:  # more than the erasure took away
                pair.commit(change(received("HB-3", content="dài " * 4000)))
            pair.commit(later, by=n % 3)
            pair.reader = 2  # it has done nothing since the last round
            pair.check_everything()
            pair.reader = None
            pair.check_everything()
            pair.commit(later)
            pair.commit(change(completed("HB-1", n + 1, "cũ"), after=history[:n]))
        pair.erase("HB-1")
        pair.check_everything()

    def test_erasing_one_erases_no_other(self) -> None:
        """Of cases with similar ids the named one. One that begins after an erasure is whole."""
        for name in NAMES:
            pair = self.new_pair()
            pair.erase(name)
            for each in make_cases(NAMES):
                pair.commit(each)
            pair.check_everything()
            pair.erase(name)
            pair.check_everything()

    def test_erased_acts_are_known_again_and_tell_nothing(self) -> None:
        """A personal act is a duplicate whatever it says. One without names is told from others."""
        first, second = received("HB-1"), escalated("HB-1", 2)
        pair = self.new_pair(change(first, command="c", says=SECRETS[1]))
        plain = make_command("plain", 2, "escalate", is_personal=False)
        pair.commit(attrs.evolve(change(second, after=(first,)), commands=(plain,)))
        without = change(escalated("HB-1", 3), after=(first, second), command="no text")
        pair.commit(without)
        pair.erase("HB-1")
        later = change(completed("HB-1", 4), after=(first, second, *without.events), command="late")
        pair.commit(later)
        pair.check_everything()
        for says in SECRETS[1:]:
            for name in ("c", "no text", "plain", "late"):
                pair.commit(change(received("HB-2"), command=name, says=says))
        pair.commit(change(received("HB-2"), command="plain", says="escalate"))
        pair.check_everything()

    def test_digests_cannot_be_guessed(self) -> None:
        """Equal texts and acts leave other digests in each case and store: salts are drawn."""
        marks: list[dict[str, object]] = []
        for _ in range(2):
            store = self.new_store()
            for case in ("HB-1", "HB-2"):
                new = change(received(case, content="0912"), command=case, says="0912")
                store.commit([new])
                record: Any = require(store.find_command(case), "the command is not known")
                store.erase(case, at=START)
                content: Any = read_fields(store.load(case)[0])["content"]
                check(isinstance(content, Erased), f"not erased: {content!r}")
                marks.append({"what an act says": record.digest, "a text": content.digest})
        plain = digest_content(b"0912", None)
        for what in marks[0]:
            found = {each[what] for each in marks}
            check(
                len(found) == 4 and plain not in found,
                f"{what} has the digests {found} in four cases: draw a salt for each",
            )

    def test_erased_bytes_are_gone(self) -> None:
        """Neither texts, the tracking code, the salt nor a digest to guess from is in any file."""
        store, history = self.new_store(), every_event()
        history = *history, rated(history[0].case, len(history) + 1)
        store.commit([change(*history)])
        first = received("case", by=CITIZEN, content=SECRETS[3] * 500)
        store.commit([change(first, command="c", says=SECRETS[1])])
        salt = require(store.find_command("c"), "the command is gone").salt
        # Many, of many lengths, out of order: so that an engine moves what it holds.
        chance = random.Random(7)  # noqa: S311  # the same each time
        order = chance.sample(range(120), 120)
        for i in order:
            text = f"[{SECRETS[0]}-{i}]" + "." * chance.choice((0, 10, 200, 900, 3000))
            store.commit([change(received(f"HB-{i}.", content=text, sender=Sender()))])
        before = self.stored_bytes(store)
        check(SECRETS[0].encode() in before, "the test looks in the wrong place")
        for case in (*(f"HB-{i}." for i in order[::-2]), history[0].case, "case"):
            store.erase(case, at=START)
        left = self.stored_bytes(store)
        check(not salt or not _find_spellings(salt, left), "the salt of the case is still there")
        marks = [f"[{SECRETS[0]}-{i}]" for i in order[::-2]]
        texts = [*SECRETS[1:], CITIZEN.id, "Đã xử lý", "CV-12.pdf", "Tổ 3, Hòa Bình", "MA-case"]
        for text in (*texts, *marks, digest_content(SECRETS[1].encode(), None)):
            check(text.encode() not in left, f"the bytes of {text!r} are still there")
        check(f"[{SECRETS[0]}-{order[0]}]".encode() in left, "a case was erased that should stay")
        check_same(120, len([i for i in order if store.load(f"HB-{i}.")]), "the cases")


def _find_spellings(salt: bytes, data: bytes) -> list[bytes]:
    """Return the spellings of bytes found in others: as they are, in hexadecimal, or base64."""
    plain = base64.b64encode(salt).rstrip(b"=")
    spelt = (salt, plain, base64.urlsafe_b64encode(salt).rstrip(b"="))
    found = [each for each in spelt if each in data]
    return [*found, *([salt.hex().encode()] if salt.hex().encode() in data.lower() else [])]


def read_fields(event: object) -> dict[str, object]:
    """Return every field of an event, those included that its repr hides."""
    return {name: getattr(event, name) for name in event.__slots__ if name != "__weakref__"}  # type: ignore[attr-defined]  # attrs makes slots
