"""Which row of the table an act means, and what is said where it means none (Art. 8)."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.request import Accused
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


def test_whoever_else_tries_is_told_who_has_the_case():
    """8.1: the message names the holder; an accused holder only by the unit, an agency always."""
    colleague = attrs.evolve(cast.OFFICER, id="cb-khac")
    decision = cast.decide_on(cast.at_officer(), attrs.evolve(cast.ANSWER, by=colleague))
    (reason,) = decision.reasons
    assert reason.text("vi") == (
        "phản ánh, kiến nghị đang do công chức, viên chức bộ phận một cửa cb-yte-1 (so-y-te) xử "
        "lý, không phải người hoặc đơn vị này"
    )
    accused = (Accused(id=cast.OFFICER.id, unit=cast.HEALTH),)
    found = cast.record(cast.at_officer(), a.Complete(by=cast.OPERATOR, accused=accused))
    (reason,) = cast.decide_on(found, attrs.evolve(cast.ANSWER, by=colleague)).reasons
    assert "the one-stop officer (so-y-te), not" in reason.text()
    foreign = attrs.evolve(cast.FOCAL, unit="so-khac")
    (reason,) = cast.decide_on(cast.at_agency(), attrs.evolve(cast.FOUND, by=foreign)).reasons
    assert "the agency focal point (so-y-te), not" in reason.text()
