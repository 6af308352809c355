"""A case is found by its id and by its tracking code, on every store."""

import pytest

from phananh import (
    Desk,
    NotFoundError,
)
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
