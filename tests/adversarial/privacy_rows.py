"""Rows 132 to 136: nothing shows who sent a case in, unless it is asked for."""

import json
import logging
import pickle
import re
from functools import partial
from io import StringIO

from phananh import ConflictError, NotFoundError, PhanAnhError, Sender
from phananh.regulation.tracking_code import BITS
from phananh.regulation.values import acts as a
from tests.adversarial.rows import row
from tests.adversarial.stories import LEADERSHIP, act, conduct, received, with_officer
from tests.adversarial.world import World, expect
from tests.desk import people as p

SECRETS = ("Người gửi mẫu", "383 1022", "mau@example.vn", p.SAID, "bí mật")


def check_silent(*shown: object) -> None:
    """Check that nothing personal is in what is shown."""
    for each in shown:
        told = each if isinstance(each, str) else f"{each!r} {each}"
        found = [one for one in SECRETS if one in told]
        assert found == [], f"{found} in {told[:300]}"


@row()
def row_132(world: World) -> None:
    """No repr, error, pickled error or log at DEBUG gives a name, a contact or a text."""
    log = StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    world.patch.setattr(root, "handlers", [handler])
    world.patch.setattr(root, "level", logging.DEBUG)
    case = with_officer(world)
    answer = a.Answer(text="bí mật", by=p.OFFICER)
    done = act(world, case, answer)
    errors = [
        expect(PhanAnhError, partial(world.desk.do, *asked))
        for asked in (
            (case, answer),
            (done, answer),
            (done, a.Publish(text="Người gửi mẫu nói", by=p.OPERATOR)),
        )
    ]
    assert isinstance(errors[0], ConflictError)
    check_silent(answer, done, world.desk.history(done), world.desk.find(), *errors)
    check_silent(*(pickle.dumps(error).decode("utf-8", "replace") for error in errors))
    check_silent(*(json.dumps(each.as_dict(), ensure_ascii=False) for each in errors))
    check_silent(log.getvalue())


@row()
def row_133(world: World) -> None:
    """Explanations, cautions, the feed, a recalculation and counts give none of it."""
    case = with_officer(world)
    desk = world.desk
    check_silent(*(desk.explain(case, lang=lang) for lang in ("vi", "en")), desk.cautions(case))
    parts = (desk.feed(), desk.find(), desk.recalculate(), desk.sweep(), *desk.check_calendars())
    for lang in ("vi", "en"):
        check_silent(*(json.dumps(each.as_dict(lang), ensure_ascii=False) for each in parts))


@row()
def row_134(world: World) -> None:
    """The plain data that a public page is made of gives no name, contact or content."""
    for n in range(500):
        sender = Sender(name=f"Bimat {n}", phone=f"0977 {n:06}", email=f"bimat{n}@vidu.vn")
        received(world, sender=sender, content=f"bimat {n}")
    shown, after = list[str](), None
    while True:
        page = world.desk.find(limit=100, after=after)
        shown += [json.dumps(page.as_dict("vi"))]
        shown += [json.dumps(world.desk.get(row.case).as_dict("vi")) for row in page.rows]
        after = page.next
        if after is None:
            break
    assert len(shown) == 505
    digits = re.sub(r"\D", "", "".join(shown))
    assert [one for one in ("bimat", "vidu") if one in "".join(shown).lower()] == []
    assert "0977000499" not in digits


@row()
def row_135(world: World) -> None:
    """A tracking code has 80 random bits, and a wrong one looks like an unknown one."""
    assert BITS >= 64
    case = received(world)
    code = str(case.code)
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    said = set()
    for key in (wrong, "0000-0000-0000-00000", case.id, "../x"):
        caught = world.fail(NotFoundError, lambda key=key: world.desk.track(key))
        said.add(str(caught).replace(repr(getattr(caught, "key", "")), ""))
    assert len(said) == 1, said
    assert world.desk.track(code.lower()) == case


@row()
def row_136(world: World) -> None:
    """The accused's unit is never told who complained, in whatever spelling."""
    case = conduct(world)
    for given in ("NGƯỜI GỬI MẪU", "0218.383.1022", "MAU@example.vn"):
        step = a.NotifyUnit(unit="U-1", text=f"Có phản ánh của {given}", by=LEADERSHIP)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("names_sender", "8.1.c2"))
    told = act(world, case, a.NotifyUnit(unit="U-1", text="Có phản ánh", by=LEADERSHIP))
    assert told.units_told == ("U-1",)
