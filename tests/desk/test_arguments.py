"""A desk is refused when it is built from what cannot serve, with the way out."""

import pytest

from phananh import Desk, InputError
from tests.desk import people as p


@pytest.mark.parametrize(
    "wired",
    [{"store": "cases.db"}, {"clock": p.MORNING}, {"calendar": "VP"}, {"rules": "HB-2019"}],
)
def test_what_cannot_serve(wired: dict[str, object]) -> None:
    """A path is no store, a moment is no clock, a name is neither a calendar nor rules."""
    with pytest.raises(InputError, match="give ") as caught:
        Desk(**wired)  # type: ignore[arg-type]  # wrong on purpose
    assert isinstance(caught.value, TypeError)
