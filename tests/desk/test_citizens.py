"""Who is the citizen: whoever names the case by its tracking code, or whose id is known (R48)."""

from collections.abc import Callable

import pytest

from phananh import Case, Desk, Person, RefusedError
from phananh.regulation.acts import Complete
from tests.desk import people as p

STRANGER = Person(id="CT-9", role="citizen")
ACTS: dict[str, Callable[..., Case]] = {
    "complete": lambda desk, case, by: desk.complete(case, content="Rõ hơn (mẫu)", by=by),
    "note": lambda desk, case, by: desk.note(case, text="Thêm một ý (mẫu)", by=by),
    "rate": lambda desk, case, by: desk.rate(case, score=1, by=by),
}


def ready(desk: Desk, act: str, **more: object) -> Case:
    """Return a case on which a citizen may do the act, received by phone unless told else."""
    case = p.a_case(desk, **more)
    if act == "rate":
        return desk.answer(case, text="Đã giải quyết", by=p.OPERATOR)
    return case


def from_portal(desk: Desk, act: str) -> Case:
    """Return such a case that a citizen who is signed in sent in."""
    case = desk.receive(
        kind="information", channel="portal", content=p.SAID, by=p.CITIZEN, sender=p.SENDER
    )
    if act == "rate":
        return desk.answer(case, text="Đã giải quyết", by=p.OPERATOR)
    return case


def refuse(desk: Desk, act: str, case: Case | str, by: Person) -> None:
    """Try the act, and `allowed`: both say that this is not the sender, and nothing is recorded."""
    before = desk.feed().entries
    with pytest.raises(RefusedError, match=r"\w \w") as caught:
        ACTS[act](desk, case, by)
    [refusal] = caught.value.refusals
    assert (refusal.code, str(refusal.article)) == (
        "not_the_sender",
        {"rate": "10.2.c"}.get(act, "10.2.a"),
    )
    assert [each.code for each in desk.allowed(case, by=by)[act]] == ["not_the_sender"]
    assert desk.feed().entries == before


@pytest.mark.parametrize("act", ACTS)
def test_on_a_phone_case_the_code_decides(desk: Desk, act: str) -> None:
    """By id or value anybody is refused; whoever names the tracking code is the citizen (R48)."""
    case = ready(desk, act)
    for given in (case, case.id, desk.track(str(case.code))):
        refuse(desk, act, given, STRANGER)
    code = str(case.code).lower()
    assert desk.allowed(code, by=STRANGER)[act] == ()
    assert ACTS[act](desk, code, STRANGER).version == case.version + 1


def test_an_import_says_that_the_code_was_named(desk: Desk) -> None:
    """Told `by_code`, a case that is given by its id, or as a value, was named by its code."""
    act = Complete(content="Rõ hơn (mẫu)", by=STRANGER)
    for number in range(2):
        case = p.a_case(desk)
        given = (case, case.id)[number]
        with pytest.raises(RefusedError, match=r"\w \w"):
            desk.do(given, act)
        assert desk.do(given, act, by_code=True).version == case.version + 1


@pytest.mark.parametrize("act", ACTS)
def test_where_the_sender_is_known_their_id_decides(desk: Desk, act: str) -> None:
    """A case from the portal is its sender's, however it is named, and no other citizen's."""
    case = from_portal(desk, act)
    for given in (case, case.id, str(case.code)):
        refuse(desk, act, given, STRANGER)
    assert desk.allowed(case, by=p.CITIZEN)[act] == ()
    assert ACTS[act](desk, case.id, p.CITIZEN).version == case.version + 1


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("make", [ready, from_portal])
def test_after_an_erasure_the_code_decides(
    desk: Desk, act: str, make: Callable[[Desk, str], Case]
) -> None:
    """Once nobody's id is left, whoever has the code is the citizen, found by its digest."""
    case = make(desk, act)
    code = str(case.code)
    desk.store.erase(case.id, at=desk.now())
    for by in (STRANGER, p.CITIZEN):
        refuse(desk, act, case.id, by)
        refuse(desk, act, desk.track(code), by)
    assert ACTS[act](desk, code, STRANGER).version == case.version + 1
