"""Values as plain data: the same form for every value, which JSON can hold."""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import Any

import attrs
import pytest

from phananh.articles import Article
from phananh.plain_data import fields_to_plain, item_to_plain, to_plain


class Colour(StrEnum):
    """An enum of texts."""

    RED = "red"


class Number(Enum):
    """An enum of something else."""

    ONE = 1


@attrs.frozen
class Point:
    """An attrs value."""

    x: int
    at: datetime | None = None


class Named:
    """A value that says itself how it is plain data."""

    def as_dict(self, lang: str | None = None, *, personal: bool = False) -> dict[str, Any]:
        """Return its own form."""
        return {"name": "own"}


class Odd:
    """A value of no kind that is known."""

    def __str__(self) -> str:
        """Return its text."""
        return "odd"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (5, 5),
        ("chữ", "chữ"),
        (Article("9.1"), "9.1"),
        (Colour.RED, "red"),
        (Number.ONE, 1),
        (date(2025, 4, 25), "2025-04-25"),
        (datetime(2025, 4, 25, 9, tzinfo=UTC), "2025-04-25T09:00:00+00:00"),
        (time(16), "16:00:00"),
        (timedelta(hours=5, microseconds=1), 18_000_000_001),
        ({Colour.RED: (1, 2), 5: None}, {"red": [1, 2], "5": None}),
        ([date(2025, 1, 1), Point(1)], ["2025-01-01", {"x": 1, "at": None}]),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Named(), {"name": "own"}),
        (Odd(), "odd"),
    ],
)
def test_a_value_has_one_plain_form(value: object, plain: object) -> None:
    """Texts, numbers, dates, enums, clauses, collections and attrs values; else its text."""
    assert to_plain(value) == plain
    assert type(to_plain(value)) is type(plain)


def test_a_slug_is_a_bare_text() -> None:
    """The value of an enum of texts is a str and not the member, as JSON and CSV need it."""
    assert type(to_plain(Colour.RED)) is str


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (timedelta(hours=5), "5 giờ"),
        (timedelta(hours=1, minutes=30, seconds=59, microseconds=9), "1 giờ 30 phút"),
        (timedelta(seconds=59), "0 giờ"),
        (-timedelta(minutes=90), "-1 giờ 30 phút"),
    ],
)
def test_an_amount_of_time_is_told_to_the_minute(amount: timedelta, words: str) -> None:
    """The number is exact; its words count whole minutes, as texts do."""
    plain = item_to_plain("left", amount, "vi")
    assert plain == {"left_us": amount // timedelta(microseconds=1), "left_text": words}


def test_fields_keep_their_order_and_some_can_be_left_out() -> None:
    """The keys of an attrs value are its fields in their order, without those named."""
    point = Point(1, datetime(2025, 4, 25, 9, tzinfo=UTC))
    assert (list(fields_to_plain(point)), fields_to_plain(point, without=("at",))) == (
        ["x", "at"],
        {"x": 1},
    )
