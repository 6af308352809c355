"""What can name people is erased on demand, and shows in no repr, error, message, log or list."""

import json
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from phananh import (
    Accused,
    Case,
    ConflictError,
    Desk,
    NotFoundError,
    PhanAnhError,
    RefusedError,
    Sender,
)
from phananh.regulation.acts import Answer, Complete, Note
from tests.desk import people as p


def test_no_name_in_a_repr(desk: Desk) -> None:
    """Neither a case, nor an event, nor an act, nor an error shows a name or what was said."""
    case = desk.answer(p.with_officer(desk), text="bí mật", by=p.OFFICER)
    with pytest.raises(RefusedError) as caught:
        desk.publish(case, text="Người gửi mẫu nói", by=p.OPERATOR)
    shown = repr([case, desk.history(case), Answer(text="bí mật", by=p.OFFICER), caught.value])
    for secret in ("Người gửi mẫu", "0218", "mau@example.vn", p.SAID, "bí mật", str(case.code)):
        assert secret not in shown + str(caught.value) + str(caught.value.as_dict())


def test_no_id_of_a_citizen_in_a_repr(desk: Desk) -> None:
    """The id that a citizen acts by is personal: no repr of a person, case, act or event has it."""
    case = desk.receive(kind="service", channel="portal", content=p.SAID, by=p.CITIZEN)
    act = Answer(text="Đã rõ", by=p.CITIZEN)
    assert p.CITIZEN.id not in repr([p.CITIZEN, case, desk.history(case), act])
    assert p.OFFICER.id in repr(p.OFFICER)


def test_no_id_of_an_accused_in_a_repr(desk: Desk) -> None:
    """Whom a case accuses shows in no repr of the case, its events, its acts or themselves."""
    case = p.a_case(desk, kind="conduct", accused=[Accused(id="CB-KIN", unit="MC-1")])
    more = [Accused(id="CB-KIN-2", unit="MC-1")]
    case = desk.complete(case, accused=more, by=p.OPERATOR)
    shown = repr([case, desk.history(case), Complete(by=p.OPERATOR, accused=more), more])
    assert "CB-KIN" not in shown
    assert "Accused(unit='MC-1')" in shown
    assert "CB-KIN-2" in str(case.as_dict(personal=True))


def test_no_name_in_a_pickled_error(desk: Desk) -> None:
    """An error that travels, as task queues send them, leaves the fresh case behind."""
    case = p.with_officer(desk)
    desk.answer(case, text="bí mật", by=p.OFFICER)
    with pytest.raises(ConflictError) as caught:
        desk.answer(case, text="bí mật", by=p.OFFICER)
    assert caught.value.fresh == desk.get(case.id)
    sent = pickle.dumps(caught.value)
    for secret in ("Người gửi mẫu", "mau@example.vn", p.SAID, "bí mật", str(case.code)):
        assert secret.encode() not in sent
    back = pickle.loads(sent)
    assert (str(back), back.fresh) == (str(caught.value), None)


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
    """What a desk lists, explains, allows, cautions and feeds names nobody; nor does a log."""
    caplog.set_level(logging.DEBUG)
    open_case = p.with_officer(desk, sender=WHO, content=TOLD)
    case = live_through(desk)
    feed = desk.feed()
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


def test_the_unit_of_the_accused_is_not_told_who_complained(desk: Desk) -> None:
    """What the unit is told, and every refusal that its people get, names nobody (R40)."""
    case = live_through(desk)
    boss = attrs.evolve(p.OFFICER, role="leadership", id="LD-1")
    for text in (
        "Chị Bùi Thị Kín phản ánh",
        "Gọi 0912345678",
        "kin@vidu.vn viết",
        "Ở tổ 5, Kỳ Sơn",
    ):
        with pytest.raises(RefusedError) as caught:
            desk.notify_unit(case, unit="U-1", text=text, by=boss)
        check_shows_nobody(caught.value)
    case = desk.notify_unit(case, unit="U-1", text="Có phản ánh về thái độ phục vụ", by=boss)
    told = desk.history(case)[-1]
    check_shows_nobody(told)
    assert "Có phản ánh" in str(told.as_dict(personal=True))
    for secret in SECRETS:
        assert secret not in str(told.as_dict(personal=True))
    accused = attrs.evolve(p.OFFICER, id="cb-1")
    for step in (desk.answer, desk.publish, desk.commend):
        with pytest.raises(PhanAnhError) as stopped:
            step(case, text="x", by=accused)
        check_shows_nobody(stopped.value)
    check_shows_nobody(desk.allowed(case, by=accused))


def test_the_accused_are_shown_to_nobody_unasked(desk: Desk) -> None:
    """A refusal says that somebody is accused, not who; a case as plain data says their unit."""
    case = live_through(desk)
    with pytest.raises(RefusedError) as caught:
        desk.publish(case, text="x", by=attrs.evolve(p.OPERATOR, id="CB-1"))
    assert "CB-1" not in "".join(say(caught.value))
    assert "CB-1" not in json.dumps(case.as_dict("vi"))


def list_shown(error: Exception) -> str:
    """Return everything that an error shows or keeps, without what stands between letters."""
    shown = [*say(error), repr(error), repr(pickle.loads(pickle.dumps(error)))]
    shown.append(str(error.as_dict("vi")) if isinstance(error, PhanAnhError) else "")
    return "".join(c for c in "".join(shown).casefold() if c.isalnum())


def test_a_code_with_a_slip_is_not_repeated(desk: Desk) -> None:
    """A tracking code typed wrongly is next to a secret: an error shows its first letters only."""
    code = str(p.a_case(desk).code)
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    short = f"{code[:12]}{code[13:]}"
    for typed in (slip, slip.replace("-", ""), slip.lower(), short, f" {slip} ", f"{slip}7"):
        for find in (desk.get, desk.track, desk.history, desk.cautions):
            with pytest.raises(NotFoundError) as caught:
                find(typed)
            assert code[2:4].casefold() + code[5:7].casefold() not in list_shown(caught.value)
            assert caught.value.key == f"{typed.strip()[:2]}..."
    for other in ("HB-2603-0000000000", "phutho-2603-abcdefghjk", "1022", "../x"):
        with pytest.raises(NotFoundError, match=f"no case '{other}'"):
            desk.get(other)
        with pytest.raises(NotFoundError) as caught:
            desk.track(other)
        assert other not in str(caught.value)


@pytest.mark.parametrize(
    "around",
    [
        "Mã tra cứu {}", "code: {}", "https://hotline.vn/{}", "{} {}", '"{}"', "({})", "mã:{}",
        "#{} 1234", "\u200b{}", "{}\tBùi", "HB-2603-{}",
    ],
)  # fmt: skip
def test_a_code_within_other_text_is_not_repeated(desk: Desk, around: str) -> None:
    """A code that was copied with its label, in a link or twice is a secret all the same."""
    code = str(p.a_case(desk).code)
    letters = code.replace("-", "").casefold()
    for typed in (
        code,
        code.replace("-", "\u2013"),
        code.replace("-", "---"),
        code[:-1],
        code[:11],
    ):
        for find in (desk.get, desk.track):
            with pytest.raises(NotFoundError) as caught:
                find(around.format(typed, typed))
            assert letters[2:6] not in list_shown(caught.value)


@pytest.mark.parametrize("typed", ["Trần Văn Bí 0912345678", "0912345678", "912 345 678", "Bí"])
def test_who_asks_is_not_repeated(desk: Desk, typed: str) -> None:
    """A name or a phone number that was typed in place of a code or an id stands in no error."""
    for find in (desk.get, desk.track):
        with pytest.raises(NotFoundError) as caught:
            find(typed)
        shown = str(caught.value) + repr(caught.value)
        assert typed not in shown
        assert "345" not in shown
        assert "Bí" not in shown
