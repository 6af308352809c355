"""What is personal is erased, of a case that exists (Art. 14)."""

from contextlib import closing

import attrs
import pytest

from phananh import Desk, NotFoundError, RefusedError, State
from phananh.errors import CommandReusedError
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import Erased, ErasedPerson
from tests.desk import people as p


def test_forgetting(desk: Desk) -> None:
    """Erasure takes name, contact and every text; the history, its times and lapses stay."""
    case = desk.answer(p.with_officer(desk), text="Gửi Người gửi mẫu", by=p.OFFICER)
    desk.erase(case)
    desk.erase(case)
    after = desk.get(case.id)
    assert isinstance(after.sender, Erased)
    assert isinstance(after.content, Erased)
    assert isinstance(desk.history(case)[-1].text, Erased)  # type: ignore[attr-defined]
    assert (after.state, after.version, after.deadlines) == (
        case.state,
        case.version,
        case.deadlines,
    )
    assert desk.close(after, by=p.OPERATOR).state is State.CLOSED


def test_forgetting_who_sent_it(desk: Desk) -> None:
    """Erasure takes the citizen's own id as well, and nobody is taken for that sender then."""
    case = desk.receive(kind="service", channel="portal", content=p.SAID, by=p.CITIZEN)
    desk.erase(case)
    after = desk.get(case.id)
    assert isinstance(after.sender_id, Erased)
    (first,) = desk.history(case)
    assert isinstance(first.by, ErasedPerson)
    for by in (p.CITIZEN, attrs.evolve(p.CITIZEN, id=after.sender_id.digest)):
        with pytest.raises(RefusedError, match="only the sender"):
            desk.complete(after, content="Thêm", by=by)
    assert not is_same_id(after.sender_id, after.sender_id)


def test_forgetting_nobody(desk: Desk) -> None:
    """To erase a case that does not exist is an error: a wrong id would pass for done."""
    with pytest.raises(NotFoundError):
        desk.erase("HB-2603-0000000000")
    with pytest.raises(NotFoundError):
        Desk(clock=desk.clock).erase(p.a_case(desk))


def test_forgetting_what_cannot_be_read(tmp_path, hand: p.Hand) -> None:  # type: ignore[no-untyped-def]  # pytest's
    """A damaged history does not keep a name from being erased."""
    import sqlite3

    from phananh import open_store

    path = tmp_path / "cases.db"
    desk = Desk(store=open_store(path), clock=hand)
    case = p.a_case(desk)
    desk.answer(case, text="bí mật", by=p.OPERATOR)
    with closing(sqlite3.connect(path)) as damaged, damaged:
        good = damaged.execute("select body from phananh_event where version = 2").fetchone()
        damaged.execute("update phananh_event set body = '{' where version = 2")
    desk.erase(case)
    with closing(sqlite3.connect(path)) as mended, mended:
        mended.execute("update phananh_event set body = ? where version = 2", good)
    assert isinstance(desk.get(case.id).sender, Erased)
    desk.store.close()


def test_a_command_of_an_erased_case_is_known_there_and_tells_nobody_else(desk: Desk) -> None:
    """After erasure a known id gives the first result; for another case it is refused."""
    case, other = p.a_case(desk), p.a_case(desk)
    done = desk.complete(case.id, content="thêm", by=p.OPERATOR, command_id="click")
    desk.erase(case)
    again = desk.complete(case.id, content="khác hẳn", by=p.OPERATOR, command_id="click")
    assert (again.id, again.version) == (case.id, done.version)
    with pytest.raises(CommandReusedError) as caught:
        desk.complete(other.id, content="thêm", by=p.OPERATOR, command_id="click")
    assert case.id not in repr(caught.value) + str(caught.value.as_dict())
    assert desk.get(other.id) == other


def test_a_receipt_is_never_taken_for_an_erased_act(desk: Desk) -> None:
    """7.1: a request under the id of an erased note is refused, and no note becomes a receipt."""
    case = desk.receive(
        kind="regulation", channel="phone", content="một", by=p.OPERATOR, command_id="first"
    )
    desk.note(case, text="ghi", by=p.OPERATOR, command_id="second")
    desk.erase(case)
    with pytest.raises(CommandReusedError):
        p.a_case(desk, command_id="second")
    with pytest.raises(CommandReusedError):
        desk.note(case.id, text="khác", by=p.OPERATOR, command_id="first")
    assert [row.version for row in desk.find().rows] == [2]


def test_what_can_no_longer_be_compared_is_pointed_out(desk: Desk) -> None:
    """2.2: after an erasure a text to publish is compared with nothing, and a caution says so."""
    case = desk.answer(p.a_case(desk), text="Trả lời", by=p.OPERATOR)
    text = f"{case.sender.name} hỏi"  # type: ignore[union-attr]
    assert "sender_erased" not in desk.cautions(case)
    with pytest.raises(RefusedError):
        desk.publish(case, text=text, by=p.OPERATOR)
    desk.erase(case)
    assert "sender_erased" in desk.cautions(case.id)
    assert "published" in desk.publish(case.id, text=text, by=p.OPERATOR).as_dict()
