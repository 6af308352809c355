"""Rows 18 to 30: ids and case ids that are odd, and senders with odd contact."""

import unicodedata

from phananh import Accused, NotFoundError, Person, Sender
from phananh.regulation import acts as a
from phananh.regulation.personal_data import find_phones
from tests.adversarial.stories import act, received
from tests.adversarial.world import World, check_recorded, refuse_input
from tests.desk import people as p
from tests.regulation.test_cleaning import IDS, WIDE


def refuse_ids(world: World, *ids: str, says: str = "") -> list[str]:
    """Check that each door refuses each of these ids, and return what is said."""
    return [
        str(refuse_input(world, lambda give=give, bad=bad: give(bad), says=says))
        for give in IDS.values()
        for bad in ids
    ]


def test_row_18(world: World) -> None:
    """An empty or blank id of a person, a unit or a case is refused."""
    refuse_ids(world, "", " ", "\u200b")
    for key in ("", " ", "\u200b"):
        refuse_input(world, lambda key=key: world.desk.get(key), field="case", says="is blank")


def test_row_19(world: World) -> None:
    """The accused under another spelling of their id are refused by 8.1.c2."""
    case = received(world, "conduct", accused=[Accused(id="Nguyễn-01", unit="U-1")])
    for spelling in ("NGUYỄN-01", unicodedata.normalize("NFD", "nguyễn-01")):
        step = a.Answer(text="đã rõ", by=Person(id=spelling, role="operator"))
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("accused", "8.1.c2"))


def test_row_20(world: World) -> None:
    """A letter of another alphabet in an id is refused, and its code point is named."""
    refuse_ids(world, "C\u0410-01", says="U+0410 CYRILLIC CAPITAL LETTER A")


def test_row_21(world: World) -> None:
    """Invisible characters, blanks at the ends and 10,000 characters in an id are refused."""
    said = refuse_ids(world, " CB-01", "CB-01 ", "CB\u200b-01", "CB\n01", "x" * 10_000)
    assert max(map(len, said)) < 200
    assert not any(sign in "".join(said) for sign in "\u200b\n")


def test_row_22(world: World) -> None:
    """An unknown case id is a LookupError of its own, whatever is done, and nothing is made."""
    received(world)
    for do in (
        lambda: world.desk.get("HB-2603-ZZZZZZZZZZ"),
        lambda: world.desk.do("HB-2603-ZZZZZZZZZZ", a.Close(by=p.OPERATOR)),
        lambda: world.desk.erase("HB-2603-ZZZZZZZZZZ", by=p.OPERATOR, ground="Hết hạn"),
    ):
        assert isinstance(world.fail(NotFoundError, do, says="HB-2603-ZZZZZZZZZZ"), LookupError)


def test_row_23(world: World) -> None:
    """`../x`, `a/b` and `%2e` are unknown ids like any other, and no file is touched."""
    before = sorted(world.folder.rglob("*"))
    for key in ("../x", "a/b", "%2e%2e", "/etc/passwd"):
        world.fail(NotFoundError, lambda key=key: world.desk.get(key))
    assert sorted(world.folder.rglob("*")) == before


def test_row_24(world: World) -> None:
    """An unknown role, or one in capitals, is refused with the nine that there are."""
    nine = "citizen, operator, officer, provider, leadership, agency, agency_head, office, system"
    for role in ("Operator", "boss", ""):
        refuse_input(world, lambda role=role: Person(id="X", role=role), field="role", says=nine)


def test_row_25(world: World) -> None:
    """One number in several spellings is kept as it was given, and is the same number."""
    for phone in ("02183.1022", "+84 218 31022", "(0218) 31-022"):
        case = received(world, sender=Sender(name="Mây", phone=phone))
        assert (world.desk.get(case.id).sender.phone, world.desk.unmet(case)) == (phone, ())
        assert find_phones(phone) == ("021831022",)


def lacks_contact(world: World, **given: str) -> bool:
    """Return whether a case with this contact is recorded, and 6.c is listed."""
    case = received(world, sender=Sender(name="Mây", **given))
    assert world.desk.get(case.id).version == 1
    return [(each.code, each.article.id) for each in world.desk.unmet(case)] == [
        ("no_contact", "6.c")
    ]


def test_row_26(world: World) -> None:
    """Full-width digits are read as digits; those of other scripts are no phone number."""
    assert find_phones(WIDE) == ("021831022",)
    assert not lacks_contact(world, phone=WIDE)
    assert lacks_contact(world, phone="٠٢١٨٣١٠٢٢٢")


def test_row_27(world: World) -> None:
    """What is no number and no address is recorded, and 6.c is listed."""
    for phone in ("gọi tôi", "12", "0" * 40):
        assert lacks_contact(world, phone=phone)
    for email in ("a@b@c", "a@b", "@b.vn"):
        assert lacks_contact(world, email=email)


def test_row_28(world: World) -> None:
    """A line break in an e-mail address or a name is refused: it would make a mail header."""
    for field in ("email", "name", "phone", "address"):
        given = {field: "a@b.vn\r\nBcc: c@d.vn"}
        refuse_input(world, lambda given=given: Sender(**given), field=field, says="line break")


def test_row_29(world: World) -> None:
    """An address with letters beyond ASCII is taken."""
    for email in ("mây@vidu.vn", "may@ví-dụ.vn"):
        assert not lacks_contact(world, email=email)


def test_row_30(world: World) -> None:
    """No contact at all is recorded, 6.c is listed, and nowhere stands "None"."""
    case = received(world, sender=Sender())
    codes = [(each.code, each.article.id) for each in world.desk.unmet(case)]
    assert codes == [("no_name", "6.c"), ("no_contact", "6.c")]
    step = a.Escalate(to=p.OFFICER, by=p.OPERATOR)
    world.refuse(lambda: world.desk.do(case.id, step), ("no_name", "6.c"), ("no_contact", "6.c"))
    told = [each.text(lang) for each in world.desk.unmet(case) for lang in ("vi", "en")]
    assert "None" not in repr(Sender()) + "".join(told)
    named = act(world, case, a.Complete(sender=p.SENDER, by=p.OPERATOR))
    check_recorded(world, named, ["Received", "Completed"])
