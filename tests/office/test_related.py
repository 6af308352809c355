"""Cases of one sender or one matter are proposed, as far as the reader may know of them (R13)."""

import pytest

from phananh import Accused, Desk, Person, RefusedError, Sender
from phananh.office import find_related
from tests.desk import people as p

OTHER = Person(id="OP-2", role="operator")


def test_one_sender_and_one_matter_are_proposed() -> None:
    """By the end of the number, by e-mail, and by the words; both come first, old ones never."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    phone, mail = Sender(name="A", phone="0912345678"), Sender(name="B", email="B@vidu.vn")
    p.a_case(desk, content="Đường Lê Lợi ngập nước", sender=phone)
    hand.at += 40 * 24 * p.HOUR
    both = p.a_case(desk, content="Đường Lê Lợi bị ngập nước", sender=phone)
    hand.at += p.HOUR
    matter = p.a_case(desk, content="duong le loi NGAP nuoc", sender=mail, about_unit="u-1")
    sender = p.a_case(
        desk, content="Xin hỏi giờ làm việc", sender=Sender(phone="0987 654 321 / +84 912 345 678")
    )
    p.a_case(desk, content="Xin hỏi lệ phí", sender=mail, about_unit="u-2")
    hand.at += p.HOUR
    last = p.a_case(desk, content="Đường Lê Lợi ngập nước", sender=phone, about_unit="U-1")
    found = find_related(desk, last, by=OTHER)
    assert [(each.case, each.reasons) for each in found] == [
        (both.id, ("same_sender", "same_matter")),
        (matter.id, ("same_matter",)),
        (sender.id, ("same_sender",)),
    ]
    assert (found[0].alike, found[1].alike, find_related(desk, both, by=OTHER)) == (83, 100, ())
    assert len(find_related(desk, last.id, by=OTHER, days=50)) == 4
    assert len(find_related(desk, last.id, by=OTHER, days=10**6)) == 4


def test_nobody_is_told_of_a_case_that_they_may_not_read() -> None:
    """Neither of one that accuses them, nor who sent one about their unit."""
    desk = Desk(clock=p.Hand())
    hidden = p.a_case(desk, kind="conduct", accused=[Accused(id="OP-1", unit="u-1")], by=OTHER)
    last = p.a_case(desk)
    colleague = Person(id="OP-3", role="operator", unit="U-1")
    assert [each.case for each in find_related(desk, last, by=OTHER)] == [hidden.id]
    assert (find_related(desk, last, by=p.OPERATOR), find_related(desk, last, by=colleague)) == (
        (),
        (),
    )
    with pytest.raises(RefusedError, match=r"\w \w"):
        find_related(desk, hidden, by=p.OPERATOR)
