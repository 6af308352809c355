"""Values of the contract refuse what no store could keep, before any store sees them."""

import attrs
import pytest

from phananh.errors import InputError
from phananh.stores.base import Query
from phananh.testing.sample_events import change, completed, received


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": 1},
        {"expected": -1},
        {"events": ()},
        {"events": (completed("HB-1", 2), received("HB-1"))},
        {"events": (received("HB-2"), completed("HB-2", 2))},
        {"case": "HB-2"},
    ],
)
def test_change_that_does_not_continue_is_refused(changed: dict[str, object]) -> None:
    """Events, row and expected version of a change have to fit; else it is an InputError."""
    whole = change(received("HB-1"), completed("HB-1", 2))
    with pytest.raises(InputError, match="do not continue"):
        attrs.evolve(whole, **changed)


@pytest.mark.parametrize("limit", [0, -1, True, 2.5, 2**31, 10**30])
def test_page_without_rows_is_refused(limit: int) -> None:
    """A page holds one row or more, and no more than a database can count to."""
    with pytest.raises(InputError, match="1 or more"):
        Query(limit=limit)


@pytest.mark.parametrize("field", ["rules", "code", "after"])
def test_half_a_character_is_asked_of_no_database(field: str) -> None:
    """Half a surrogate pair, which no stored text holds, is an InputError that names the field."""
    with pytest.raises(InputError) as caught:
        Query(**{field: "received|\ud800"})  # type: ignore[arg-type]  # the name is drawn
    assert (caught.value.field, caught.value.code) == (field, "half_surrogate")


@pytest.mark.parametrize("field", ["rules", "code", "after"])
def test_nul_is_asked_of_no_database(field: str) -> None:
    """A NUL, which PostgreSQL takes in no text, is an InputError that names the field."""
    with pytest.raises(InputError) as caught:
        Query(**{field: "oldest|\0"})  # type: ignore[arg-type]  # the name is drawn
    assert (caught.value.field, caught.value.code) == (field, "nul_character")
