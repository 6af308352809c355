"""Which row of the table an act means, and what is said where it means none (Art. 8)."""

import pytest

from phananh.regulation.values import acts as a
from tests.regulation import cast


@pytest.mark.parametrize(
    ("by", "article"), [(cast.OFFICER, "8.1.b"), (cast.PROVIDER, "8.2.b")], ids=["one", "other"]
)
def test_only_what_is_wrong_with_whoever_asks_is_said(by, article):
    """Of two rows the one that would be theirs is cited: their role is none of the reasons."""
    answer = a.Answer(by=by, text="Đã xem xét")
    assert cast.refuse_citing(cast.at_leadership(), answer) == [
        ("wrong_holder", article),
        ("not_the_holder", article),
    ]
