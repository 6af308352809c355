"""The methods named after the acts only build the act, from what Python can list."""

import attrs
import pytest

from phananh import Desk, InputError, Person
from phananh.regulation.values.acts import Answer
from tests.desk import people as p

LEADERSHIP = Person(id="GD-1", role="leadership", unit="TT")


def test_do_is_the_one_path(desk: Desk) -> None:
    """A named method and `do` with the act's value record the same event."""
    one, other = p.with_officer(desk), p.with_officer(desk)
    desk.answer(one, text="Như nhau", by=p.OFFICER)
    desk.do(other, Answer(text="Như nhau", by=p.OFFICER))
    pair = [desk.history(case)[-1] for case in (one, other)]
    assert attrs.evolve(pair[0], case="") == attrs.evolve(pair[1], case="")


def test_one_text_is_no_list(desk: Desk) -> None:
    """One text for a list is refused, not taken for its letters; any other iterable goes."""
    case = p.a_case(desk)
    with pytest.raises(InputError, match=r"documents: a text is not a list"):
        desk.answer(case, text="mẫu", documents="a.pdf", by=p.OPERATOR)
    with pytest.raises(InputError, match="reasons: a text is not a list"):
        desk.reject(case, reasons="unclear", guidance="mẫu", by=p.OPERATOR)
    done = desk.answer(case, text="mẫu", documents=iter(["a.pdf", "b.pdf"]), by=p.OPERATOR)
    assert desk.history(done)[-1].documents == ("a.pdf", "b.pdf")  # type: ignore[attr-defined]


def test_the_accused_may_come_in_any_order_of_things(desk: Desk) -> None:
    """A generator, a set or one alone is taken as a list is; a text or a stranger is refused."""
    one = p.ACCUSED[0]
    for given in ([one], iter([one]), {one}, one):
        assert p.a_case(desk, kind="conduct", accused=given).accused == (one,)
    for stranger in ("CB-1", ["CB-1"]):
        with pytest.raises(InputError, match="accused: a text is not of type Accused; give"):
            p.a_case(desk, accused=stranger)


def test_what_is_added_on_the_way(desk: Desk) -> None:
    """A note, a language, who is accused and what the leadership finds reach the history (8.3)."""
    case = desk.escalate(p.a_case(desk, language="en"), to=LEADERSHIP, by=p.OPERATOR)
    case = desk.complete(case, language="vi", accused=p.ACCUSED, by=p.OPERATOR)
    case = desk.note(case, text="Đã gọi lại", by=LEADERSHIP)
    case = desk.advise(case, text="Thuộc bộ khác", within_competence=False, by=LEADERSHIP)
    assert (case.language, case.accused) == ("vi", tuple(p.ACCUSED))
    done = desk.reject(case, reasons=["out_of_competence"], guidance="Bộ mẫu", by=p.OPERATOR)
    *_, noted, advised, _ = desk.history(done)
    assert (noted.text, advised.within_competence) == (  # type: ignore[attr-defined]
        "Đã gọi lại",
        False,
    )
    assert "Đã gọi lại" not in repr(noted)


def test_the_leaderships_finding_is_yes_or_no(desk: Desk) -> None:
    """What is neither true nor false is refused by the name of its field (R43)."""
    case = desk.escalate(p.a_case(desk), to=LEADERSHIP, by=p.OPERATOR)
    with pytest.raises(InputError, match="within_competence"):
        desk.advise(case, text="x", within_competence="no", by=LEADERSHIP)  # type: ignore[arg-type]
    assert desk.get(case.id) == case
