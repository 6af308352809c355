"""What is left of a personal value says in both languages that it was erased (Art. 14)."""

import pytest

from phananh.errors import InputError
from phananh.regulation.request import Erased


def test_what_is_left_in_words():
    """A page shows in place of a text that it was erased. The length is data, and in no words."""
    left = Erased(length=15, digest="0" * 32)
    assert left.text("vi") == "đã xóa"
    assert left.text("en") == left.text() == "erased"
    with pytest.raises(InputError):
        left.text("fr")
