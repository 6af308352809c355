"""Asking again while the server is away."""

import pytest

from phananh.errors import StoreError
from phananh.stores.postgres import _wait_for_server


def test_what_is_perhaps_done_is_said_so_whatever_comes_after() -> None:
    """If the first try broke off and the next is refused, the error says that it is in doubt."""
    codes = iter(["server_gone", "busy"])

    def call() -> None:
        raise StoreError(doing="recording", code=next(codes), cause="-", seconds="5")

    with pytest.raises(StoreError) as caught:
        _wait_for_server(call, seconds=10, between=lambda: None)
    assert caught.value.code == "server_gone"
