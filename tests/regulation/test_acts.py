"""Acts and instants at the door: what cannot be meant is refused when it is made (Art. 7-10)."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import count, repeat
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import InputError, InputTypeError
from phananh.regulation import acts as a
from phananh.regulation.acts import LONGEST_LIST
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.request import Assignee, Kind
from tests.regulation import cast
from tests.regulation.test_recorders import ACTS, WHOLE

SENDER = a.Sender(name="Bí Danh", phone="0912345678", address="Số 1", email="bi@vidu.vn")
INSTANTS = {
    "at": lambda x: a.Close(by=cast.OPERATOR, at=x),
    "appointment": lambda x: a.RequestVerification(by=cast.OFFICER, agency="u", appointment=x),
    "to": lambda x: a.Reschedule(by=cast.FOCAL, to=x, reason="r"),
}


def test_bad_instants_are_refused():
    """Naive, absurd and other values are refused at once, and never overflow."""
    for field in INSTANTS:
        for bad in [
            datetime(2026, 3, 2, 8),
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7))),
            datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
            datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=7))),
            datetime(1899, 12, 31, tzinfo=UTC),
            datetime(2200, 1, 1, tzinfo=UTC),
            date(2026, 3, 2),
            1_772_413_200,
            "2026-03-02T08:00+07:00",
            True,
        ]:
            with pytest.raises(InputError, match=r"\w \w") as caught:
                INSTANTS[field](bad)
            assert caught.value.field == field
    for taken in (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC) - cast.US):
        assert clean_instant(taken, field="at") is taken


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def test_an_instant_keeps_its_zone(zone):
    """An aware instant is kept as it came; in any zone it leads to the same due."""
    at = cast.MONDAY.astimezone(ZoneInfo(zone))
    assert clean_instant(at, field="at") is at
    assert cast.at_officer(at=at).due == cast.at_officer().due


def test_a_score_is_a_whole_number():
    """A score is 1 to 5, and a number that could be a phone's is not repeated (10.2.c)."""
    for score, shown in (
        (0, "0"), (6, "6"), (-1, "-1"), (4.5, "4.5"), (5.0, "5.0"), (True, "True"), ("5", "str"),
        (None, "NoneType"), (float("nan"), "float"), (99.5, "99.5"), (100, "int"), (-100, "int"),
    ):  # fmt: skip
        with pytest.raises(InputError, match="1 to 5") as caught:
            a.Rate(by=cast.CITIZEN, score=score)
        assert caught.value.facts["value"] == shown


def test_acts_that_cannot_be_meant():
    """A wrong type, an unknown slug, or nothing to add is refused by field and code when made."""
    reject, answer = partial(a.Reject, by=cast.OPERATOR, guidance="x"), partial(a.Answer, text="x")
    complete = partial(a.Complete, by=cast.OPERATOR)
    receive = partial(a.Receive, by=cast.OPERATOR, kind="conduct", channel="phone", content="x")
    for make, given, field, code in (
        (reject, {"reasons": ["nonsense"]}, "reasons", "unknown_value"),
        (reject, {"reasons": "unclear"}, "reasons", "not_a_list"),
        (reject, {"reasons": None}, "reasons", "not_a_list"),
        (reject, {"reasons": [{}]}, "reasons", "not_one_of"),
        (answer, {"by": cast.OFFICER, "documents": "x"}, "documents", "not_a_list"),
        (answer, {"by": cast.OFFICER, "documents": [3]}, "documents", "not_a_text"),
        (answer, {"by": cast.OFFICER, "documents": ["x" * 301]}, "documents", "too_long"),
        (answer, {"by": "officer"}, "by", "not_of_type"),
        (a.Escalate, {"by": cast.OPERATOR, "to": cast.FOCAL}, "to.role", "not_escalated_to"),
        (a.Escalate, {"by": cast.OPERATOR, "to": None}, "to", "not_of_type"),
        (a.Reassign, {"by": cast.HEAD, "to": "cb-2"}, "to", "not_of_type"),
        (complete, {}, "complete", "adds_nothing"),
        (complete, {"sender": a.Sender()}, "complete", "adds_nothing"),
        (complete, {"sender": "Mây"}, "sender", "not_of_type"),
        (complete, {"accused": {"id": "x"}}, "accused", "not_of_type"),
        (complete, {"accused": None, "language": "tiếng Việt"}, "language", "not_a_language_tag"),
        (a.MoveDeadline, {"recount": None}, "recount", "not_of_type"),
        (receive, {"kind": "praise"}, "kind", "unknown_value"),
        (receive, {"channel": "fax"}, "channel", "unknown_value"),
        (receive, {"channel": "Bí"}, "channel", "not_one_of"),
        (a.check_act, {"value": "close"}, "act", "not_an_act"),
        (a.check_act, {"value": a.Close}, "act", "not_an_act"),
    ):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            make(**given)
        assert (caught.value.field, caught.value.code) == (field, code)
    with pytest.raises(InputError, match=r"^within_competence: a text is not a boolean"):
        attrs.evolve(cast.OPINION, within_competence="no")
    with pytest.raises(InputError, match=r"give Person\(id=\.\.\., role=\.\.\.\)"):
        answer(by="officer")
    assert len(answer(by=cast.OFFICER, documents=("x" * 300,)).documents[0]) == 300


def test_every_field_of_every_act_and_person_is_checked():
    """What is no value of a field at all is refused when it is made, by the name of the field."""
    lift = a.LiftLapse(by=cast.LEADERSHIP, text="Nghỉ bù")
    people = (cast.OFFICER, cast.SENDER, cast.CULPRIT, Assignee(id="cb-2"))
    for made in (WHOLE, lift, *(act for _, act in ACTS), *people):
        for name in (field.name for field in attrs.fields(type(made))):
            with pytest.raises(InputError, match=r"\w \w") as caught:
                attrs.evolve(made, **{name: object()})
            assert caught.value.field == name


SAID = "Bí mật"
TEXTS = {
    "receive": {"kind": "information", "channel": "portal", "content": SAID, "sender": SENDER},
    "complete": {"content": SAID, "sender": SENDER},
    "note": {"text": SAID},
    "reject": {"reasons": ["unclear"], "guidance": SAID},
    "answer": {"text": SAID, "documents": [SAID]},
    "advise": {"text": SAID, "within_competence": True},
    "report_findings": {"text": SAID, "documents": [SAID]},
    "reschedule": {"to": cast.LATER, "reason": SAID},
    "notify_unit": {"unit": cast.HEALTH, "text": SAID},
    "publish": {"text": SAID},
    "commend": {"text": SAID},
    "send_back": {"text": SAID},
    "report_outcome": {"text": SAID},
    "unpublish": {"text": SAID},
    "withdraw": {"text": SAID},
    "reopen": {"text": SAID},
    "lift_lapse": {"text": SAID, "documents": [SAID]},
}


def test_no_free_text_stands_in_the_repr_of_an_act():
    """What somebody wrote, and who the sender is, stay out of logs that print an act."""
    assert {n for n, x in a.ACTS.items() if not all(f.repr for f in attrs.fields(x))} <= {*TEXTS}
    for trigger in TEXTS:
        shown = repr(a.ACTS[trigger](by=cast.OPERATOR, **TEXTS[trigger]))
        told = (name for name, value in TEXTS[trigger].items() if value in (SAID, [SAID], SENDER))
        assert not [name for name in told if f"{name}=" in shown]
        secrets = (SAID, *SENDER.as_dict(personal=True).values())
        assert not any(part in shown for part in secrets if part)
        assert shown.startswith(f"{a.ACTS[trigger].__name__}(")
    assert (
        {"act": "answer", "at": None}.items()
        <= cast.ANSWER.as_dict().items()
        < (cast.ANSWER.as_dict(personal=True).items())
    )


def test_every_text_of_an_act_is_composed():
    """Each field that takes what somebody wrote is cleaned, whichever act it is of."""
    for trigger, given in TEXTS.items():
        apart = {name: decompose(value) for name, value in given.items()}
        make = partial(a.ACTS[trigger], by=cast.OPERATOR)
        assert make(**apart) == make(**given)


def decompose(value):
    """Return a text, or each of a list, with its marks apart from the letters."""
    if isinstance(value, list):
        return [decompose(each) for each in value]
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


def test_time_does_not_turn_back():
    """An act before the last event is refused with both instants; the same is fine."""
    case = cast.at_officer()
    act = a.Answer(by=cast.OFFICER, text="Đã rõ")
    with pytest.raises(InputError, match=r"10:29:59.*10:30") as caught:
        cast.decide_on(case, act, at=case.updated_at - timedelta(seconds=1))
    assert caught.value.field == "at"
    assert cast.record(case, act, at=case.updated_at).version == case.version + 1


def test_slugs_are_members():
    """A slug and its member make the same act."""
    assert cast.received_case(kind="proposal") == cast.received_case(kind=Kind.PROPOSAL)


def test_a_list_has_a_limit():
    """Up to 200 entries are taken; more, or without end, are refused at once by name and limit."""
    reject = partial(a.Reject, by=cast.OPERATOR, guidance="x")
    assert reject(reasons=["unclear"] * LONGEST_LIST).reasons == ("unclear",)
    for many in (["unclear"] * (LONGEST_LIST + 1), repeat("unclear"), count()):
        with pytest.raises(InputError, match="more than 200 entries") as caught:
            reject(reasons=many)
        assert (caught.value.field, caught.value.code) == ("reasons", "list_too_long")


def test_who_is_named_is_a_value_of_its_class():
    """A dict or a name in its place is refused with how to write one."""
    for make, form in (
        (lambda: a.Reassign(by=cast.HEAD, to="cb-2"), r"Assignee\(id=\.\.\.\)"),
        (lambda: a.Escalate(by=cast.OPERATOR, to={"id": "x"}), r"Person\(id=\.\.\., role=\.\.\.\)"),
        (lambda: a.Note(by="x", text="x"), r"Person\(id=\.\.\., role=\.\.\.\)"),
    ):
        with pytest.raises(InputTypeError, match=form):
            make()
