"""What is left of a personal value says how much there was, in both languages (Art. 14)."""

import pytest

from phananh.errors import InputError
from phananh.regulation.values.erased import Erased


def test_what_is_left_in_words():
    """A page shows in place of a text that it was erased, and how long it was."""
    left = Erased(length=15, digest="0" * 32)
    assert left.text("vi") == "đã xóa (15 ký tự)"
    assert left.text("en") == left.text() == "erased (15 characters)"
    with pytest.raises(InputError):
        left.text("fr")
