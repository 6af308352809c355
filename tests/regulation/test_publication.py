"""A published text names neither the sender nor the accused (Art. 2.2, 10.2.b, R45)."""

import time
import unicodedata

import attrs
import pytest

from phananh.regulation.conduct import MOST_ACCUSED
from phananh.regulation.values import acts as a
from phananh.regulation.values.request import Accused, Sender
from tests.regulation import cast

NAMED = cast.CULPRIT.id


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        (f"Cán bộ {NAMED} đã xin lỗi", True),
        (f"Cán bộ {unicodedata.normalize('NFD', NAMED.upper())} đã xin lỗi", True),
        (f"Cán bộ ({NAMED}).", True),
        (f"Mã {NAMED}2", False),
        ("Một cán bộ của Sở Y tế đã xin lỗi", False),
    ],
)
def test_the_id_of_an_accused_is_not_published(text, is_refused):
    """R45: in any spelling of the same id; part of another word is not that id."""
    case, act = cast.answered_case(), a.Publish(by=cast.OPERATOR, text=text)
    if not is_refused:
        assert cast.is_recorded(case, act)
        return
    (reason,) = cast.decide_on(case, act).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("names_accused", "2.2", "R45")
    assert NAMED not in str(reason.as_dict())


def test_a_blank_text_cites_the_row():
    """10.2.b: a text that shows nothing is refused by the clause of the step."""
    act = a.Publish(by=cast.OPERATOR, text="\u200b")
    assert cast.refuse_citing(cast.answered_case(), act) == [("blank", "10.2.b")]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("\ufdfa" * 20_000, [f"{'a ' * 48}b{n:03}" for n in range(MOST_ACCUSED)]),
        ("a " * 10_000, [f"{'a ' * 48}b{n:03}" for n in range(MOST_ACCUSED)]),
        ("a" * 20_000, ["a" * (2 + n % 99) for n in range(MOST_ACCUSED)]),
    ],
)
def test_a_text_made_to_be_expensive_is_searched_in_no_time(text, ids):
    """One letter that unfolds into eighteen, and as many accused as a case may have."""
    accused = tuple(Accused(id=each, unit=f"U-{n}") for n, each in enumerate(ids))
    sender = Sender(name="\ufdfa" * 299 + "b", address="a " * 149 + "c", phone="0912345678")
    case = attrs.evolve(cast.answered_case(), accused=accused, sender=sender)
    began = time.process_time()
    assert cast.is_recorded(case, a.Publish(by=cast.OPERATOR, text=text))
    assert time.process_time() - began < 1
