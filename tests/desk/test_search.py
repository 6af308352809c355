"""Cases are found by what their senders said, by whoever may read it."""

import re
from collections.abc import Collection
from unicodedata import normalize

import pytest
from hypothesis import given, strategies as st

from phananh import Accused, Desk, InputError, MemoryStore, Person, Sender
from phananh.desk import search
from phananh.regulation.cleaning import fold_marks
from phananh.regulation.events import Event
from tests.desk import people as p

OTHER = Person(id="OP-2", role="operator")
SENDER = Sender(name="Đỗ Thị Huệ (mẫu)", phone="0912 345.678", email="hue@vidu.vn",
                address="Tổ 5, Phương Lâm")  # fmt: skip


def find(desk: Desk, text: str, by: Person = OTHER, **how: int) -> list[str]:
    """Return the ids that a search shows."""
    return [row.case for row in desk.search(text, by=by, **how).rows]


def test_words_and_numbers_are_found_as_people_write_them(desk: Desk) -> None:
    """Without marks or capitals, in any order, and a number with +84 or in pieces."""
    case = p.a_case(desk, sender=SENDER, content='Mất "hồ sơ"\nở quầy 3')
    p.a_case(desk, content="Mã 09123a45678")
    for text in ("đỗ thị huệ", "do thi HUE", "hue@vidu.vn", "phuong lam", "ho so quay",
                 "huệ mất", "0912345678", "+84 912 345 678", "84912345678", "345678",
                 "0912.345.678"):  # fmt: skip
        assert find(desk, text) == [case.id], text
    abroad = p.a_case(desk, sender=Sender(name="A", phone="+84 218 383 1023"))
    assert find(desk, "0218 383 1023") == [abroad.id]
    written = p.a_case(desk, content="Gọi +84 912 000 111")
    assert find(desk, "0912 000 111") == find(desk, "0084912000111") == [written.id]
    desk.complete(written, sender=Sender(name="Lê Ngân"), by=p.OPERATOR)
    assert find(desk, "goi ngan") == [written.id]  # what came in at two times
    short, cut = (p.a_case(desk, content=f"Mã {code}").id for code in ("84654321", "654321"))
    assert find(desk, "84654321") == find(desk, "084654321") == [short]  # no number has so few
    assert {*find(desk, "654321")} == {short, cut}
    for text in ("huệ lan", "0912345679", "3456789", "name", "sender"):
        assert find(desk, text) == [], text
    for text in (" ", "+", "..."):
        with pytest.raises(InputError, match=r"^text: .*give words to search for"):
            desk.search(text, by=OTHER)
    with pytest.raises(InputError, match=r"^text: .*at most 200"):
        desk.search("x" * 201, by=OTHER)
    assert find(desk, "x" * 200) == []


def test_the_latest_come_first_and_no_more_than_asked_for(desk: Desk) -> None:
    """Ids begin with the month, and a completed case is found by what it says now."""
    cases = sorted(p.a_case(desk, content="xin hỏi").id for _ in range(4))
    assert (find(desk, "XIN hoi"), find(desk, "xin hoi", limit=2)) == (cases[::-1], cases[:1:-1])
    for text in ("xin hỏi thêm", "xin chào"):
        desk.complete(cases[0], content=text, by=OTHER)
        assert len(find(desk, "xin", limit=4)) == 4
    assert (find(desk, "xin hoi"), find(desk, "chao")) == (cases[:0:-1], [cases[0]])


def test_fifty_histories_are_read_together() -> None:
    """No more are read at once, and none once there are as many rows as were asked for."""
    sizes, damaged = list[int](), set[str]()

    class Counting(MemoryStore):
        def load_many(self, cases: Collection[str], /) -> dict[str, tuple[Event, ...]]:
            sizes.append(len(cases))
            return super().load_many([each for each in cases if each not in damaged])

    desk = Desk(store=Counting())
    for _ in range(60):
        p.a_case(desk)
    assert [len(find(desk, p.SAID, limit=limit)) for limit in (50, 99)] == [50, 60]
    assert [size for size in sizes if size] == [50, 50, 10]
    damaged.add(desk.find().rows[0].case)
    assert len(find(desk, p.SAID, limit=99)) == 59


def test_nobody_finds_what_they_may_not_read(desk: Desk) -> None:
    """An accused finds no case, and a colleague none by the sender; erased texts are gone."""
    accused = [Accused(id=p.OPERATOR.id, unit="U-1")]
    case = p.a_case(desk, sender=SENDER, content="thái độ", kind="conduct", accused=accused)
    colleague = Person(id="OP-3", role="operator", unit="u-1")
    assert [find(desk, "thai do", by) for by in (OTHER, p.OPERATOR)] == [[case.id], []]
    assert [find(desk, "hue", by) for by in (OTHER, colleague)] == [[case.id], []]
    assert find(desk, "0912345678", colleague) == find(desk, "hue", p.OFFICER) == []
    other = p.a_case(desk, content="lời lẽ", kind="conduct", accused=p.ACCUSED)
    assert [find(desk, "loi le", by) for by in (OTHER, colleague)] == [[other.id], []]
    desk.close(desk.answer(case, text="x", by=OTHER), by=OTHER)
    desk.erase(case.id, by=OTHER, ground="hết hạn lưu")
    assert find(desk, "hue") == find(desk, "thai do") == []


_NUMBER = st.sampled_from(
    ["0912345678", "+84 912 345 678", "0084912345678", "0912.345\u2013678", "345"]
)
_TEXT = st.lists(
    _NUMBER | st.sampled_from([*"Đđệ Ử-_ß²Åﬁ漢😀\u0345\u0323@\n", "hue", "Huệ", "1"])
).map("".join)


@given(text=_TEXT | _TEXT.map(lambda text: normalize("NFD", text)), said=_TEXT | _NUMBER)
def test_the_quick_way_finds_what_the_plain_way_finds(text: str, said: str) -> None:
    """Texts are folded by a table of bytes, and numbers looked for among digits first."""
    expected = all(each in fold_marks(text) for each in fold_marks(said).split())
    if re.fullmatch(r"\+?[0-9\s.()-]+", said):
        number = re.sub(r"\D", "", said)
        for prefix in ("0084", "84", "0"):
            number = number.removeprefix(prefix) if len(number) > 8 else number
        expected = number in re.sub(r"[^\w@]|_", "", text)
    assert search._make_test(said)(text) == expected
