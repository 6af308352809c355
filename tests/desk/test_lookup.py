"""A case is found by its id and by its tracking code, on every store."""

import pytest

from phananh import Case, ConflictError, Desk, InputError, NotFoundError
from phananh.desk.lookup import retry_on_conflict
from phananh.errors import InputTypeError
from tests.desk import people as p


def test_found_by_code_and_id(desk: Desk) -> None:
    """A case is found by its id and by its tracking code, however the code is typed."""
    case = p.a_case(desk)
    typed = str(case.code).lower().replace("-", " ")
    assert desk.get(case.id) == desk.get(str(case.code)) == desk.get(typed) == case


def test_wrong_codes_look_like_unknown_ones(desk: Desk) -> None:
    """A mistyped code, an unknown code and an unknown id all give the same kind of answer."""
    code = str(p.a_case(desk).code)
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for key in (wrong, "0000-0000-0000-00000", "HB-2603-0000000000", "../x"):
        with pytest.raises(NotFoundError):
            desk.get(key)


def test_track_takes_a_code_and_nothing_else(desk: Desk) -> None:
    """`track` finds a case by its code, however it is typed, and never by its id."""
    case = p.a_case(desk)
    code = str(case.code)
    for typed in (code, code.lower().replace("-", " "), f"{code}\n", f"{code}\r\n"):
        assert desk.track(typed) == desk.get(typed) == case
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for key in (case.id, case.code_digest, wrong, "", "0000-0000-0000-00000"):
        with pytest.raises(NotFoundError):
            desk.track(key)
    with pytest.raises(InputError) as caught:
        desk.track(case)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "code"


def test_a_list_takes_the_code_itself(desk: Desk) -> None:
    """`find(code=...)` takes a tracking code as it is typed, or the digest that rows keep."""
    case = p.a_case(desk)
    p.a_case(desk)
    code = str(case.code)
    for given in (code, code.lower(), f"{code}\n", case.code_digest):
        assert [row.case for row in desk.find(code=given).rows] == [case.id]
    assert desk.find(code="0000-0000-0000-00000").rows == ()
    for given in (case.id, "", "x", case.code_digest[:-1]):
        with pytest.raises(InputError) as caught:
            desk.find(code=given)
        assert (caught.value.field, caught.value.code) == ("code", "not_a_code")


def test_an_id_with_a_line_break(desk: Desk) -> None:
    """An id that was copied with its line break finds the case as well."""
    case = p.a_case(desk)
    assert desk.get(f"{case.id}\n") == case


def test_what_was_erased_is_found_by_its_code(desk: Desk) -> None:
    """The row keeps the digest of the code, so a citizen who has it still finds the case."""
    case = p.a_case(desk)
    code = str(case.code)
    desk.erase(case)
    assert desk.track(code).id == desk.find(code=code).rows[0].case == case.id
    assert not isinstance(desk.track(code).code, str)


@pytest.mark.parametrize("key", ["", "  ", "\u200b", "\n"])
def test_what_shows_nothing_is_no_key(desk: Desk, key: str) -> None:
    """A blank id of a case is an InputError: a form was sent without one."""
    for ask in (
        desk.get,
        desk.history,
        lambda it: desk.note(it, text="x", by=p.OFFICER),
    ):
        with pytest.raises(InputError) as caught:
            ask(key)
        assert (caught.value.field, caught.value.code) == ("case", "blank_id")
    with pytest.raises(InputError) as caught:
        desk.get("x" * 201)
    assert caught.value.field == "case"


def test_how_long_a_key_may_be(desk: Desk) -> None:
    """200 characters are looked for, and one more is refused by name."""
    p.a_case(desk)
    for ask, field in ((desk.get, "case"), (desk.track, "code")):
        with pytest.raises(NotFoundError):
            ask("x" * 200)
        with pytest.raises(InputError) as caught:
            ask("x" * 201)
        assert (caught.value.field, caught.value.code) == (field, "too_long")


def test_after_a_conflict_the_fresh_case_is_tried(desk: Desk) -> None:
    """A conflict brings the case as it is now, or the store is asked for it."""
    case = p.a_case(desk)
    fresh = desk.note(case, text="Gọi lại", by=p.OPERATOR)
    for brought in (fresh, None):
        tried: list[Case] = []

        def attempt(given: Case, tried=tried, brought=brought) -> str:  # type: ignore[no-untyped-def]
            tried.append(given)
            if len(tried) == 1:
                raise ConflictError(case=case.id, expected=1, fresh=brought)
            return "done"

        assert retry_on_conflict(desk.store, case, attempt) == "done"
        assert tried == [case, fresh]


@pytest.mark.parametrize("name", ["get", "allowed", "history", "explain", "erase"])
def test_what_is_no_case_says_what_is(desk: Desk, name: str) -> None:
    """A row, or nothing, in place of a case is refused with how a case is named."""
    p.a_case(desk)
    given = {"by": p.OPERATOR} if name == "allowed" else {}
    for odd in (desk.find().rows[0], None, 5):
        with pytest.raises(InputTypeError) as caught:
            getattr(desk, name)(odd, **given)
        assert (caught.value.field, caught.value.code) == ("case", "not_a_case")
        assert caught.value.facts["value"] == type(odd).__name__
        assert caught.value.way_out == "give a Case, its id (`row.case`) or its tracking code"
