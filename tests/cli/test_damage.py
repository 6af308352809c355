"""What a store finds damaged is told; that it cannot be reached is an error, and no damage."""

import pytest

from phananh.cli.base import RunContext
from phananh.cli.database import Damage
from phananh.errors import StoreError

CODES = ("login_refused", "database_missing", "schema_missing", "rights_missing", "no_connection")


@pytest.mark.parametrize("code", CODES)
def test_what_cannot_be_read_is_not_called_damaged(code: str) -> None:
    """A server that does not let us in ends the reading at the first error."""
    error = StoreError(doing="examining", code=code, cause="-", seconds=1)
    with pytest.raises(StoreError) as caught:
        [*Damage(RunContext(), [error, error]).lines()]
    assert caught.value is error
