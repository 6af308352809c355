"""What can name people is erased on demand, and shows in no repr, error, message, log or list."""

import json
import logging
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Case,
    ConflictError,
    Desk,
    NotFoundError,
    Person,
    PhanAnhError,
    RefusedError,
    Sender,
    State,
    open_store,
)
from phananh.errors import CommandReusedError, InputError
from phananh.events import PersonalDataErased
from phananh.regulation.acts import Note
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import Erased, ErasedPerson
from tests.desk import people as p

GROUND = "Hết thời hạn lưu, QĐ 12/2026"


def test_no_name_in_a_pickled_error(desk: Desk) -> None:
    """An error that travels, as task queues send them, leaves the fresh case behind."""
    case = p.with_officer(desk)
    desk.answer(case, text="bí mật", by=p.OFFICER)
    with pytest.raises(ConflictError, match=r"\w \w") as caught:
        desk.answer(case, text="bí mật", by=p.OFFICER)
    assert caught.value.fresh == desk.get(case.id)
    sent = pickle.dumps(caught.value)
    for secret in ("Người gửi mẫu", "mau@example.vn", p.SAID, "bí mật", str(case.code)):
        assert secret.encode() not in sent
    assert pickle.loads(sent).fresh is None


WHO = Sender(name="Bùi Thị Kín", phone="0912 345 678", email="kin@vidu.vn", address="Tổ 5, Kỳ Sơn")
TOLD = "Tôi là Kín, ở tổ 5"
SECRETS = ("Kín", "kin@", "CT-1", "0912", "Kỳ Sơn", "tổ 5", "bí mật")


def live_through(desk: Desk) -> Case:
    """Return a case about conduct that a citizen sent, noted, completed and rated."""
    case = desk.receive(
        kind="conduct", channel="portal", content=TOLD, sender=WHO, by=p.CITIZEN,
        accused=[Accused(id="CB-1", unit="U-1")], command_id="a",
    )  # fmt: skip
    case = desk.complete(case, content=f"{TOLD}, bí mật", by=p.CITIZEN, command_id="b")
    case = desk.do(case, Note(text="bí mật", by=p.CITIZEN))
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    case = desk.answer(case, text="bí mật", documents=["bí mật.pdf"], by=p.OFFICER)
    return desk.rate(case, score=5, by=p.CITIZEN)


def say(value: Any) -> Iterator[str]:
    """Yield all that a value shows of itself unasked, and each value in it."""
    yield from (repr(value), str(value), f"{value}")
    for lang in (None, "vi", "en"):
        if hasattr(value, "as_dict"):
            yield json.dumps(value.as_dict(lang or "en"), ensure_ascii=False)
            if not isinstance(value, PhanAnhError):
                yield json.dumps(value.as_dict(lang), ensure_ascii=False)
        if callable(getattr(value, "text", None)):
            yield value.text(lang or "vi")
    parts = value.values() if hasattr(value, "values") else value
    if isinstance(value, tuple | dict):
        for part in parts:
            yield from say(part)


def check_shows_nobody(value: Any, *more: str) -> None:
    """Fail where a name, an address, a number or a text is in what a value shows."""
    for text in say(value):
        for secret in (*SECRETS, *more):
            assert secret not in text, f"{secret} in {text[:300]}"


def test_nothing_of_a_case_shows_who_sent_it(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """10.1.dd: what a desk lists, explains, cautions and feeds names nobody; nor does a log."""
    caplog.set_level(logging.DEBUG)
    open_case = p.with_officer(desk, sender=WHO, content=TOLD)
    case, feed = live_through(desk), desk.feed()
    for value in (
        case, open_case, desk.history(case), desk.find(), desk.as_of(open_case),
        desk.cautions(case), desk.unmet(open_case), desk.allowed(case, by=p.CITIZEN), desk,
        desk.explain(open_case), feed, feed.entries, desk.store.find_command("a"), desk.sweep(),
        desk.recalculate(),
    ):  # fmt: skip
        check_shows_nobody(value, str(case.code), str(open_case.code))
    assert len(feed.entries) == len(desk.history(case)) + len(desk.history(open_case))
    for secret in (*SECRETS, str(case.code)):
        assert secret not in caplog.text


def test_a_colleague_who_handles_it_reads_no_note_that_names_the_sender(desk: Desk) -> None:
    """R40: other notes they read, since they handle the case, and nothing that was sent."""
    for text, is_shown in (
        (f"Tôi là {WHO.name}", False),
        ("Xin gọi số 0987 654 321", False),
        ("Xin trả lời lo.thi@vidu.vn", False),
        ("CMND số 113 456 789", False),
        ("Chuyển vào tài khoản 19034567890123", False),
        ("Xe 28A-123.45 bị giữ", False),
        ("Mã trước là A03N-S070-ZN1R-3MQR*", False),
        ("Hồ sơ bị chậm. Trân trọng,\nKín", False),
        ("Hồ sơ bị chậm. Gọi Kín lúc 9h", False),
        ("Đã nhắn qua Zalo Kín Telegram hai lần", False),
        ("Gọi số máy 345 678", False),
        ("Nộp 345.678 đồng theo Quyết định 345678/QĐ-UBND, họp ở UBND Kín", True),
        ("- Theo Kín, hồ sơ bị chậm", False),
        ("Toi la Kin", False),
        ("Cửa đóng kín, xã Mẫu Kín, chợ Kín Mẫu", True),
        ("Nhà riêng (0218) 385 2123", False),
        ("Hồ sơ bị chậm", True),
        ("Gọi 0987/654/321 hoặc 0987, 654, 321", False),
        ("Nộp 12.500.000.000 đồng ngày 12.03.2026, năm 2025-2026, đã gọi 1900 1022", True),
    ):
        accused = [Accused(id="CB-9", unit=p.OFFICER.unit)]
        case = p.with_officer(desk, kind="conduct", sender=WHO, content="Bị ép", accused=accused)
        desk.note(str(case.code), text="Bị ép nữa", by=p.CITIZEN)
        case = desk.note(case.id, text=text, by=p.OPERATOR)
        told = "".join(desk.timeline(case, for_=p.OFFICER))
        assert (text in told, "Bị ép" in told) == (is_shown, False)
        assert case.as_dict(for_=p.OFFICER)["content"] is None


def test_a_report_that_becomes_another_kind_shows_its_unit_nobody(desk: Desk) -> None:
    """R40: what was said of a unit is not for it either once the operator changed the kind."""
    case = p.with_officer(desk, kind="conduct", sender=WHO, about_unit=p.OFFICER.unit)
    case = desk.send_back(case, text="Không phải hành vi", by=p.OFFICER)
    case = desk.complete(case, kind="regulation", by=p.OPERATOR)
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    assert case.as_dict(for_=p.OFFICER)["sender"] is None


def test_the_unit_of_the_accused_is_not_told_who_complained(desk: Desk) -> None:
    """What the unit is told, and every refusal that its people get, names nobody (R40)."""
    case = live_through(desk)
    near = attrs.evolve(p.OFFICER, role="leadership", id="LD-2")
    with pytest.raises(RefusedError, match="unit may not decide"):
        desk.notify_unit(case, unit="U-1", text="A guess", by=near)  # right or wrong
    # Whom they accuse is not compared with the sender.
    case = desk.complete(case, accused=[Accused(id="0912345678", unit="U-1")], by=near)
    boss = attrs.evolve(near, id="LD-1", unit="TT")
    for text in ("Chị Bùi Thị Kín hỏi", "Gọi 0912345678", "345 678", "kin@vidu.vn", "tổ 5, Kỳ Sơn"):
        with pytest.raises(RefusedError, match=r"\w \w") as caught:
            desk.notify_unit(case, unit="U-1", text=text, by=boss)
        check_shows_nobody(caught.value)
    case = desk.notify_unit(case, unit="U-1", text="Có phản ánh về thái độ phục vụ", by=boss)
    check_shows_nobody(desk.history(case)[-1].as_dict(personal=True))
    accused = attrs.evolve(p.OFFICER, id="cb-1")
    for step in (desk.answer, desk.publish, desk.commend):
        with pytest.raises(PhanAnhError) as stopped:
            step(case, text="x", by=accused)
        check_shows_nobody(stopped.value, "CB-1")
    check_shows_nobody(desk.allowed(case, by=accused), "CB-1")
    assert "CB-1" not in repr(case) + json.dumps(case.as_dict("vi"))
    assert "CB-1" in str(case.as_dict(personal=True))


def test_a_code_with_a_slip_is_not_repeated(desk: Desk) -> None:
    """A tracking code typed wrongly is next to a secret: an error shows its first letters only."""
    code = str(p.a_case(desk).code)
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for typed in (slip, slip.replace("-", ""), f"{code[:12]}{code[13:]}", f" {slip} "):
        for find in (desk.get, desk.track, desk.history, desk.cautions):
            with pytest.raises(NotFoundError, match=r"\w \w") as caught:
                find(typed)
            shown = "".join(each for text in say(caught.value) for each in text if each.isalnum())
            assert code[2:4] + code[5:7] not in shown
            assert caught.value.key == f"{typed.strip()[:2]}..."
    for other in ("HB-2603-0000000000", "1022", "../x"):
        with pytest.raises(NotFoundError, match=f"no case '{other}'"):
            desk.get(other)
        with pytest.raises(NotFoundError, match=r"\w \w") as caught:
            desk.track(other)
        assert other not in str(caught.value)


def test_forgetting(desk: Desk) -> None:
    """Erasure takes name, contact and every text; the history, its times and lapses stay."""
    case = desk.answer(p.with_officer(desk), text="Gửi Người gửi mẫu", by=p.OFFICER)
    for _ in range(2):
        desk.erase(case, by=p.OPERATOR, ground=GROUND)
    after = desk.get(case.id)
    assert isinstance(after.sender, Erased)
    assert isinstance(after.content, Erased)
    *_, answered, erased = desk.history(case)
    assert isinstance(answered.text, Erased)  # type: ignore[attr-defined]
    assert erased == desk.feed(events=[PersonalDataErased]).entries[0].event
    assert (erased.by, erased.at, erased.ground) == (p.OPERATOR, p.MORNING, GROUND)  # type: ignore[attr-defined]
    assert (after.state, after.version, after.deadlines) == (
        case.state,
        case.version + 1,
        case.deadlines,
    )
    assert desk.close(after, by=p.OPERATOR).state is State.CLOSED


def test_a_case_that_was_erased_and_reopened_lacks_its_sender(desk: Desk) -> None:
    """Art. 6.c, R55: it is handed on once somebody gives a name and a contact again."""
    case = desk.reject(p.a_case(desk), reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.erase(case, by=p.OPERATOR, ground=GROUND)
    assert desk.unmet(case.id) == ()
    desk.reopen(case.id, text="x", by=Person(id="GD-1", role="leadership"))
    with pytest.raises(RefusedError) as caught:
        desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR)
    assert [each.code for each in caught.value.refusals] == ["no_name", "no_contact"]
    accused = [Accused(id="CB-9", unit=p.OFFICER.unit)]  # whose colleague compares with nobody
    desk.complete(case.id, sender=p.SENDER, content="x", accused=accused, by=p.OPERATOR)
    case = desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR)
    assert (case.due is None, case.as_dict(for_=p.OFFICER)["content"]) == (False, None)


def test_a_command_of_an_erased_case_is_none_of_another(desk: Desk) -> None:
    """An erasure leaves no text that could differ, so the case that it was recorded of decides."""
    first, other = (p.a_case(desk) for _ in range(2))
    act = {"text": "Mẫu", "by": p.OPERATOR, "command_id": "click-1"}
    desk.answer(first.id, **act)  # type: ignore[arg-type]  # mixed keywords
    desk.erase(first.id, by=p.OPERATOR, ground=GROUND)
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        desk.answer(other.id, **act)  # type: ignore[arg-type]  # mixed keywords
    assert desk.get(other.id).version == 1


def test_forgetting_who_sent_it(desk: Desk) -> None:
    """Erasure takes the citizen's own id as well, and nobody is taken for that sender then."""
    case = desk.receive(kind="service", channel="portal", content=p.SAID, by=p.CITIZEN)
    desk.store.erase(case.id, at=p.MORNING)
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
    with pytest.raises(NotFoundError, match=r"\w \w"):
        desk.erase("HB-2603-0000000000", by=p.OPERATOR, ground=GROUND)
    with pytest.raises(NotFoundError, match=r"\w \w"):
        Desk(clock=desk.clock).erase(p.a_case(desk), by=p.OPERATOR, ground=GROUND)


def test_forgetting_is_for_those_who_may_once_nobody_waits(desk: Desk) -> None:
    """R57: an open case, another role, the accused, and a ground with a name are each refused."""
    case = p.a_case(desk, kind="conduct", accused=[Accused(id=p.OPERATOR.id, unit="U-1")])
    head = Person(id="LD-1", role="leadership")
    naming, silent = f"{p.SENDER.name} yêu cầu", GROUND
    refused = {}
    for key, by, ground in (
        ("open", head, naming), ("officer", p.OFFICER, silent), ("accused", p.OPERATOR, silent),
        ("answered", head, naming), ("answered", p.OPERATOR, naming),
        ("answered", Person(id="OP-3", role="operator", unit="u-1"), naming),
    ):  # fmt: skip
        if key == "answered" and desk.get(case.id).is_open:
            desk.answer(case.id, text="Xong", by=Person(id="OP-2", role="operator"))
        with pytest.raises(RefusedError, match=r"\w \w") as caught:
            desk.erase(case.id, by=by, ground=ground)
        refused[key, by.id] = [
            (each.code, each.article and each.article.id, each.reading, each.facts)
            for each in caught.value.refusals
        ]
        assert "xóa thông tin cá nhân" in caught.value.text("vi")
        error = caught.value
        assert (error.case, error.article) == (case.id, error.refusals[0].article)
    is_open, accused = ("still_open", "3.1", "R57", {}), ("accused", "8.1.c2", None, {})
    assert refused == {
        ("open", "LD-1"): [is_open],
        ("officer", "OF-1"): [("wrong_role", "3.4", "R57", {"role": "officer"}), is_open],
        ("accused", "OP-1"): [accused, is_open],
        ("answered", "LD-1"): [("names_sender", "10.1.b", "R57", {})],
        ("answered", "OP-1"): [accused],
        ("answered", "OP-3"): [("accused_unit", "8.1.c2", "R57", {})],
    }
    for wrong in ("", " ", "x" * 2_001):
        with pytest.raises(InputError, match=r"^ground: ") as wrong_ground:
            desk.erase(case.id, by=head, ground=wrong)
        assert wrong_ground.value.text("vi")
    with pytest.raises(InputError, match=r"^by: "):
        desk.erase(case.id, by="LD-1", ground=silent)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InputError, match="has not come yet"):
        desk.erase(case.id, by=head, ground=silent, at=p.MORNING + p.HOUR)
    with pytest.raises(InputError, match="erase"), desk.together() as block:
        block.erase(case.id, by=head, ground=silent)
    assert (desk.get(case.id).sender, len(desk.history(case))) == (p.SENDER, 2)


def test_rules_that_refuse_backdating_refuse_it_of_an_erasure(hand: p.Hand) -> None:
    """R49: as of every step. At the present moment it is recorded."""
    desk = Desk(clock=hand, rules=attrs.evolve(HOA_BINH_2019, backdating="refuse"))
    case = desk.answer(p.a_case(desk), text="Xong", by=p.OPERATOR)
    hand.at += p.HOUR
    with pytest.raises(RefusedError) as caught:
        desk.erase(case.id, by=p.OPERATOR, ground=GROUND, at=p.MORNING)
    assert [each.code for each in caught.value.refusals] == ["backdated"]
    desk.erase(case.id, by=p.OPERATOR, ground=GROUND, at=hand.at)
    assert isinstance(desk.get(case.id).sender, Erased)


def test_what_comes_in_after_an_erasure_is_guarded_and_shown(desk: Desk) -> None:
    """A sender who is given anew is shown, kept out of what is published, and can be erased."""
    case = p.a_case(desk)
    desk.store.erase(case.id, at=p.MORNING)
    again = Sender(name="Trần Văn Mẫu", phone="0912 345 678", id="CT-9")
    case = desk.complete(case.id, procedure="1.001", by=p.OPERATOR)  # compared with no id
    case = desk.complete(case, sender=again, by=p.OPERATOR)
    assert (case.sender, case.sender_id) == (again, "CT-9")
    assert "sender_erased" in desk.cautions(case)
    desk.answer(case, text="Đã rõ", by=p.OPERATOR)
    with pytest.raises(RefusedError, match=r"\w \w") as caught:
        desk.publish(case.id, text="Theo ông Trần Văn Mẫu", by=p.OPERATOR)
    assert [each.code for each in caught.value.refusals] == ["names_sender"]
    desk.erase(case.id, by=p.OPERATOR, ground=GROUND, at=p.MORNING - p.HOUR)
    assert isinstance(desk.get(case.id).sender, Erased)


def test_forgetting_what_cannot_be_read(tmp_path: Path, hand: p.Hand) -> None:
    """A damaged history does not keep the leadership from erasing a name."""
    path, leader = tmp_path / "cases.db", Person(id="LD-1", role="leadership")
    with open_store(path) as store, closing(sqlite3.connect(path)) as raw:
        desk = Desk(store=store, clock=hand)
        case = p.a_case(desk)
        desk.answer(case, text="bí mật", by=p.OPERATOR)
        good = raw.execute("select body from phananh_event where version = 2").fetchone()
        for body in (("{",), good):
            with raw:
                raw.execute("update phananh_event set body = ? where version = 2", body)
            if body != good:
                with pytest.raises(RefusedError, match=r"\w \w"):  # who may be accused in it
                    desk.erase(case, by=p.OPERATOR, ground=GROUND)
                desk.erase(case, by=leader, ground=GROUND)
        assert isinstance(desk.get(case.id).sender, Erased)


def test_a_command_of_an_erased_case_is_known_there_and_tells_nobody_else(desk: Desk) -> None:
    """After erasure a known id gives the first result; for another case it is refused."""
    case, other = p.a_case(desk), p.a_case(desk)
    done = desk.complete(case.id, content="thêm", by=p.OPERATOR, command_id="click")
    desk.store.erase(case.id, at=p.MORNING)
    again = desk.complete(case.id, content="thêm", by=p.OPERATOR, command_id="click")
    assert (again.id, again.version) == (case.id, done.version)
    for what in (
        {"content": "khác hẳn"}, {"language": "vi"}, {"content": "thêm", "kind": "service"},
        {"content": "thêm", "at": p.MORNING}, {"content": "thêm", "by": p.CITIZEN},
    ):  # fmt: skip
        with pytest.raises(CommandReusedError, match=r"\w \w"):
            desk.complete(case.id, **{"by": p.OPERATOR, "command_id": "click", **what})  # type: ignore[arg-type]  # mixed keywords
    with pytest.raises(CommandReusedError, match=r"\w \w") as caught:
        desk.complete(other.id, content="thêm", by=p.OPERATOR, command_id="click")
    assert case.id not in repr(caught.value) + str(caught.value.as_dict())
    assert desk.get(other.id) == other


def test_a_receipt_is_never_taken_for_an_erased_act(desk: Desk) -> None:
    """7.1: a request under the id of an erased note is refused, and no note becomes a receipt."""
    case = desk.receive(
        kind="regulation", channel="phone", content="một", by=p.OPERATOR, command_id="first"
    )
    desk.note(case, text="ghi", by=p.OPERATOR, command_id="second")
    desk.store.erase(case.id, at=p.MORNING)
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        p.a_case(desk, command_id="second")
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        desk.note(case.id, text="khác", by=p.OPERATOR, command_id="first")
    assert [row.version for row in desk.find().rows] == [2]


def test_replaced_ids_are_compared_and_an_erasure_is_not_ahead(desk: Desk, hand: p.Hand) -> None:
    """R45, R57: an id that a completion replaced is the sender's all the same."""
    case = p.a_case(desk, sender=Sender(name="Bùi Thị Kín", id="cccd-ab0123"))
    desk.complete(case.id, sender=Sender(id="cccd-zz99"), by=p.OPERATOR)
    desk.answer(case.id, text="x", by=p.OPERATOR)
    for told in ("cccd-ab0123", "CCCD-ZZ99"):
        with pytest.raises(RefusedError, match="seems to name the sender"):
            desk.publish(case.id, text=f"Theo {told}", by=p.OPERATOR)
    desk.close(case.id, by=p.OPERATOR)
    hand.at += p.HOUR
    desk.erase(case.id, by=p.OPERATOR, ground="x" * 2_000, at=hand.at + p.HOUR / 120)
    erased = desk.history(case.id)[-1]
    assert erased.at == erased.recorded_at == hand.at


def test_what_the_sender_gave_keeps_nobody_from_being_accused(desk: Desk) -> None:
    """R39: an officer could write their own id, mailbox and unit as those of the caller."""
    case = p.a_case(desk, sender=Sender(name="Khách, Phòng Một Mẫu", email="u1@vidu.vn", id="u1"))
    desk.note(case, text="x", by=attrs.evolve(p.OPERATOR, unit="Phòng Một Mẫu"))
    for who in (Accused(id="u1", unit="u1"), Accused(id="U2", unit="Phòng Một Mẫu")):
        assert desk.complete(case.id, accused=[who], by=p.OPERATOR).accused == (who,)


def test_where_a_citizen_works_is_not_recorded(desk: Desk) -> None:
    """R57: what an erasure would not find is not in an event, of the receipt or of a later act."""
    citizen = attrs.evolve(p.CITIZEN, unit="Xưởng mẫu")
    given = {"kind": "service", "channel": "portal", "content": p.SAID, "by": citizen}
    case = desk.withdraw(desk.receive(**given, command_id="c"), by=citizen)  # type: ignore[arg-type]  # mixed keywords
    assert [each.by for each in desk.history(case)] == [p.CITIZEN, p.CITIZEN]
    assert desk.receive(**given, command_id="c").id == case.id  # type: ignore[arg-type]  # mixed keywords


OTHER = Sender(name="Mẫu", phone="0218 383 1022", email="m@vidu.vn", id="CD-9")
WHOM = Sender(name="Bà Bùi Thị Kín, sn 1970", phone="ĐT 0912 345 678", email="k@vidu.vn", id="CD-7")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"procedure": "Đơn của Bùi Thị Kín"}, "procedure"),
        ({"procedure": "don cua bui thi kin"}, "procedure"),
        ({"procedure": "Đơn, gọi 0912.345.678"}, "procedure"),
        ({"procedure": "A03N-S070-ZN1R-3MQR9"}, "procedure"),
        # who becomes one of the accused's unit by the act itself
        ({"procedure": "0912.345.678", "accused": [Accused(unit="TT-9")]}, "procedure"),
        ({"procedure": p.CITIZEN.id.upper()}, "procedure"),
        ({"about_unit": "Bùi Thị Kín"}, "about_unit"),
        ({"about_unit": "U-1 (k@vidu.vn)"}, "about_unit"),
        ({"accused": [Accused(id="0912345678", unit="U-1")]}, "accused"),
        ({"accused": [Accused(id="cd-7", unit="U-1")], "sender": WHOM}, "accused"),
        ({"accused": [Accused(unit="Bùi Thị Kín")]}, "accused"),
        ({"accused": [Accused(id="Bùi Thị Kín", unit="U-1")]}, None),  # of the same name
        ({"about_unit": "Trường THPT Bùi Thị Kín", "procedure": "Kín-071"}, None),
        ({"sender": Sender(name="Cao Phong"), "about_unit": "Một cửa Cao Phong"}, None),
        ({"sender": Sender(name="Cao Phong"), "procedure": "Đơn Cao Phong"}, "procedure"),
        ({"sender": Sender(name="Công dân"), "procedure": "Thẻ căn cước công dân"}, None),
        ({"sender": Sender(name="Sinh"), "procedure": "Đăng ký khai sinh"}, None),
        ({"sender": Sender(address="Xã Mới, Hòa Bình"), "about_unit": "UBND Hòa Bình"}, None),
    ],
)
def test_an_id_or_a_code_names_no_sender(
    desk: Desk, hand: p.Hand, given: dict[str, Any], field: str | None
) -> None:
    """R40, R57: units read it, and it stays after an erasure."""
    told: dict[str, Any] = {"sender": WHOM, "channel": "portal", "by": p.CITIZEN} | given
    case = p.a_case(desk, sender=told["sender"], channel="portal", by=p.CITIZEN)
    early = told | {"sender": Sender(id="CD-8")}
    late = p.with_officer(desk, sender=WHOM, channel="portal", by=p.CITIZEN)
    hand.at += 9 * p.HOUR  # so a lapse is recorded before
    for act in (
        lambda: p.a_case(desk, **told),
        lambda: desk.complete(case, by=attrs.evolve(p.OPERATOR, unit="TT-9"), **given),
        lambda: desk.complete(late.id, by=attrs.evolve(p.OPERATOR, unit="TT-9"), **given),
        lambda: desk.complete(p.a_case(desk, **early), by=p.OPERATOR, sender=told["sender"]),
        lambda: desk.complete(
            desk.complete(case.id, by=p.OPERATOR, sender=OTHER), by=p.OPERATOR, **given
        ),
    ):
        with pytest.raises(InputError, match=f"^{field}: ") if field else nullcontext():
            act()
