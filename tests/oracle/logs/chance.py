"""Seeded chance, and how the same name or instant can be written in several ways."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import TypeVar
from unicodedata import normalize

T = TypeVar("T")

MICROSECOND = timedelta(microseconds=1)


def _decomposed(name: str) -> str:
    return normalize("NFD", name)


def _decomposed_capitals(name: str) -> str:
    return normalize("NFD", name.upper())


def _title(name: str) -> str:
    return name.title().replace("òa", "oà")


SPELLINGS: tuple[Callable[[str], str], ...] = (
    _decomposed,
    _decomposed_capitals,
    str.upper,
    str.lower,
    _title,
)


class Chance:
    """What a log is drawn from; `wild` is its share of what somebody should not have done."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self.random = Random(seed)
        self.wild = self.random.choice((0.0, 0.05, 0.15, 0.3))

    def happens(self, share: float) -> bool:
        """Return whether something of this share happens now."""
        return self.random.random() < share

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of several, each as likely."""
        return self.random.choice(choices)

    def spell(self, name: str) -> str:
        """Return a name, now and then in another normal form, case or spelling."""
        return self.one_of(SPELLINGS)(name) if self.happens(0.12) else name

    def instant(self, at: datetime) -> str:
        """Return an instant in ISO 8601, now and then by the clock of another place."""
        share = self.random.random()
        if share < 0.8:
            return at.isoformat()
        if share < 0.9:
            zulu = self.one_of(("Z", "+00:00"))
            return at.astimezone(UTC).isoformat().replace("+00:00", zulu)
        return at.astimezone(timezone(timedelta(hours=self.one_of((-5, 9))))).isoformat()
