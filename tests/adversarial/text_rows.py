"""Rows 1 to 9, 12, 13 and 17: texts that are broken, long, blank, odd or in another language."""

import unicodedata
from collections.abc import Callable
from functools import partial

from phananh import InputError, Sender
from phananh.regulation.values import acts as a
from phananh.regulation.values.cleaning import LONG_TEXT
from tests.adversarial.rows import row
from tests.adversarial.stories import act, received, with_agency, with_leadership
from tests.adversarial.world import World, check_recorded, refuse_input
from tests.desk import people as p
from tests.regulation.values.test_converters import NFD, PHRASE, TEXTS, UNSEEN

BIDI = "đảo \u202e ngược"
EMOJI = "\U0001f469\u200d\U0001f467 \U0002070e"
CONTROLS = "a\x0bb\x0cc\x85d"


@row()
def row_1(world: World) -> None:
    """A NUL in any text is refused at the door, and the field is named."""
    for field, give in TEXTS.items():
        refuse_input(world, lambda give=give: give("a\0b"), field=field, says="NUL")


@row()
def row_2(world: World) -> None:
    """Half a surrogate pair in any text is refused at the door."""
    for field, give in TEXTS.items():
        for half in ("\ud800", "a\udfff"):
            refuse_input(
                world,
                lambda give=give, half=half: give(half),
                field=field,
                says="half a surrogate pair",
            )


@row()
def row_3(world: World) -> None:
    """Decomposed letters are kept composed, equal and of one hash, and found in either form."""
    one, other = (a.Answer(by=p.OPERATOR, text=text) for text in (PHRASE, NFD))
    assert (one, hash(one), one.text) == (other, hash(other), PHRASE)
    case = received(world, content=NFD)
    assert world.desk.get(case.id).content == PHRASE
    to = p.Person(id="Nguyễn-01", role="officer", unit="Sở Y tế")
    act(world, case, a.Escalate(to=to, by=p.OPERATOR))
    for unit in ("Sở Y tế", unicodedata.normalize("NFD", "SỞ Y TẾ")):
        assert [row.case for row in world.desk.find(unit=unit).rows] == [case.id]


@row()
def row_4(world: World) -> None:
    """A text at its limit is kept and one more is refused, counted after composing."""
    at_limit = "é" * LONG_TEXT
    assert received(world, content=unicodedata.normalize("NFD", at_limit)).content == at_limit
    for long in ("x" * (LONG_TEXT + 1), "\U0001d160" * LONG_TEXT):  # 1 is 3 when composed
        refuse_content(world, long, says="at most 20000")


def refuse_content(world: World, text: str, *, says: str) -> str:
    """Check that a content is refused at the door, and return what is said."""
    give: Callable[[], object] = lambda: received(world, content=text)  # noqa: E731  # a name for it
    return str(refuse_input(world, give, field="content", says=says))


@row()
def row_5(world: World) -> None:
    """A content of 1 MB is refused with field, length, limit and the way out, and is not shown."""
    said = refuse_content(world, "bí mật " * 150_000, says="1050000 characters")
    assert "at most 20000" in said
    assert "shorten it" in said
    assert "bí mật" not in said


@row()
def row_6(world: World) -> None:
    """Only blanks, or what shows nothing, is refused with the article of the act."""
    case, boss, asked = received(world), with_leadership(world), with_agency(world)
    leader, later = p.Person(id="LD-1", role="leadership"), world.hand.at + 90 * p.HOUR
    for text in UNSEEN:
        for found, step, article in (
            (case, a.Answer(text=text, by=p.OPERATOR), "8.1.a"),
            (case, a.Reject(reasons=["unclear"], guidance=text, by=p.OPERATOR), "7.2"),
            (boss, a.Advise(text=text, within_competence=True, by=leader), "8.3"),
            (asked, a.ReportFindings(text=text, by=p.AGENCY), "8.1.c1"),
            (asked, a.Reschedule(to=later, reason=text, by=p.AGENCY), "9.3"),
        ):
            world.refuse(partial(world.desk.do, found.id, step), ("blank", article))


@row()
def row_7(world: World) -> None:
    """A blank content is recorded; 6.b is listed as unmet, and it can be completed."""
    case = received(world, content="\u200b \n")
    found = [(each.code, each.article.id) for each in world.desk.unmet(case)]
    assert found == [("unclear", "6.b")]
    case = act(world, case, a.Complete(content=PHRASE, by=p.OPERATOR))
    check_recorded(world, case, ["Received", "Completed"])
    assert world.desk.unmet(case) == ()


@row()
def row_8(world: World) -> None:
    """A right-to-left override in a content or a name is recorded as it is."""
    case = received(world, content=BIDI, sender=Sender(name=BIDI, phone="0218 383 1022"))
    kept = world.desk.get(case.id)
    assert (kept.content, kept.sender.name) == (BIDI, BIDI)
    error = InputError(field="content", code="unknown_value", value=BIDI, known=())
    assert "\u202e" not in str(error)


@row(place="stores")
def row_9(world: World) -> None:
    """Emoji, joiners and characters beyond the first plane come back equal from each store."""
    case = received(world, content=EMOJI)
    act(world, case, a.Note(text=EMOJI, by=p.OPERATOR))
    assert world.desk.get(case.id).content == EMOJI
    (_, noted) = world.desk.history(case.id)
    assert noted.text.encode() == EMOJI.encode()  # type: ignore[attr-defined]  # it is a note


SQL = "x'); drop table phananh_case; --"


@row(place="stores")
def row_12(world: World) -> None:
    """Quotes, % and _ in a text, an id and a filter are taken literally on each store."""
    to = p.Person(id="C%_'B", role="officer", unit="U_%")
    case = act(world, received(world, content=SQL), a.Escalate(to=to, by=p.OPERATOR))
    other = received(world)
    assert world.desk.get(case.id).content == SQL
    found = [world.desk.find(unit=one).rows for one in ("U_%", "U%", "%", "U__")]
    assert [[row.case for row in rows] for rows in found] == [[case.id], [], [], []]
    assert [row.case for row in world.desk.find(holder_id="c%_'b").rows] == [case.id]
    assert {row.case for row in world.desk.find().rows} == {case.id, other.id}


@row()
def row_13(world: World) -> None:
    """Control characters of pasted slides are recorded as they are, and shown as escapes."""
    case = received(world, content=CONTROLS)
    assert world.desk.get(case.id).content == CONTROLS
    told = str(InputError(field="content", code="unknown_value", value=CONTROLS, known=()))
    assert not any(sign in told for sign in "\x0b\x0c\x85")


@row()
def row_17(world: World) -> None:
    """Another language is recorded with 6.a listed; only the operator refuses it."""
    case = received(world, language="en")
    found = [(each.code, each.article.id) for each in world.desk.unmet(case)]
    assert found == [("not_vietnamese", "6.a")]
    handed_on = act(world, case, a.Escalate(to=p.OFFICER, by=p.OPERATOR))
    check_recorded(world, handed_on, ["Received", "Escalated"])
    step = a.Reject(reasons=["not_vietnamese"], guidance="Viết bằng tiếng Việt", by=p.OPERATOR)
    rejected = act(world, received(world, language="en"), step)
    check_recorded(world, rejected, ["Received", "Rejected"])
