"""The form of an act is that of its class: which fields it has, and what each of them takes."""

from collections.abc import Iterable

import pytest

from phananh import InputError
from phananh.acts import make_act
from phananh.desk.forms import Field, list_fields, make_schema
from phananh.regulation import acts as a
from tests.desk import people as p

SENDER = "sender:group(name:line300 address:line300 phone:line300 email:line300)"
ACCUSED = "accused:group*(id:id100 unit:id?100) about_unit:id100"
TEXT = "text:text!20000"
# Each field with its type, ! if it is required, ? if in its group, * for several, the most
# characters, the number of choices, and the fields of a group.
FORMS = {
    "receive": f"kind:choice!=7 channel:choice!=4 content:{TEXT[5:]} {SENDER} {ACCUSED} "
               "language:choice=4 procedure:id100",
    "complete": f"content:text20000 {SENDER} kind:choice=7 {ACCUSED} language:choice=4 "
                "procedure:id100",
    "reject": "reasons:choice!*=7 guidance:text!20000", "answer": f"{TEXT} documents:line*300",
    "report_findings": f"{TEXT} documents:line*300",
    "escalate": "to:group!(id:id!?100 role:choice!?=9 unit:id100)",
    "advise": f"{TEXT} within_competence:boolean!=2",
    "request_verification": "agency:id!100 appointment:instant! focal:id100",
    "reschedule": "to:instant! reason:text!2000", "lift_lapse": f"{TEXT} documents:line*300",
    "reassign": "to:group!(id:id!?100 unit:id100)", "notify_unit": "unit:id!100 text:text20000",
    "withdraw": "text:text20000", "close": "", "rate": "score:integer!=5",
}  # fmt: skip


def describe(fields: Iterable[Field]) -> str:
    """Return fields as the table above has them."""
    return " ".join(
        f"{each.name}:{each.type}{'!' * each.required}{'?' * each.required_in_group}"
        f"{'*' * each.several}{each.most or ''}"
        + (f"={len(each.choices)}" if each.choices else "")
        + (f"({describe(each.fields)})" if each.fields else "")
        for each in fields
    )


def test_a_form_has_the_fields_of_its_act() -> None:
    """Names, types and what is needed are as in the table, and else there is a text alone."""
    list_fields.cache_clear()
    for name in a.ACTS.keys() - a.SYSTEM_TRIGGERS:
        assert describe(list_fields(a.ACTS[name])) == FORMS.get(name, TEXT), name
    (_, sure) = list_fields(a.Advise)
    assert [(each.value, each.vi, each.en) for each in sure.choices] == [
        (True, "có", "yes"), (False, "không", "no")
    ]  # fmt: skip
    (score,) = list_fields(a.Rate)
    assert [(each.value, each.vi, each.en) for each in score.choices[:1]] == [(1, "1", "1")]


def test_a_schema_has_the_types_of_json() -> None:
    """A list has items, a group is an object, a time a format, and a choice its values."""
    found = {
        f"{kind.trigger}.{name}": value
        for kind in (a.Reassign, a.Escalate, a.Answer, a.Rate, a.Advise, a.Reschedule)
        for name, value in make_schema(list_fields(kind), "en")["properties"].items()
    }
    unit = {"title": "unit", "type": "string", "maxLength": 100}
    assert found["reassign.to"] == {
        "title": "person named", "type": "object", "properties": {"id": {**unit, "title": "id"},
        "unit": unit}, "required": ["id"], "additionalProperties": False,
    }  # fmt: skip
    assert found["escalate.to"]["title"] == "receiver"
    line = {"type": "string", "maxLength": 300}
    assert found["answer.documents"] == {
        "title": "documents", "type": "array", "items": line, "maxItems": 200
    }  # fmt: skip
    assert found["rate.score"] == {
        "title": "satisfaction", "type": "integer", "enum": [1, 2, 3, 4, 5]
    }  # fmt: skip
    assert found["advise.within_competence"] == {
        "title": "within competence", "type": "boolean", "enum": [True, False]
    }  # fmt: skip
    assert found["reschedule.to"] == {"title": "new time", "type": "string", "format": "date-time"}
    (score,) = list_fields(a.Rate)
    assert score.schema("vi")["title"] == "mức độ hài lòng"


def test_a_value_that_is_wrong_is_refused() -> None:
    """A list in a list is no text, one is missing, and an unknown act is told which there are."""
    with pytest.raises(InputError) as caught:
        make_act("answer", {"text": "a", "documents": [["a"]]}, by=p.OPERATOR)
    assert caught.value.field == "documents"
    with pytest.raises(InputError) as caught:
        make_act("answer", {}, by=p.OPERATOR)
    assert caught.value.code == "missing"
    with pytest.raises(InputError, match="lapse") as caught:
        make_act("lapse", {}, by=p.OPERATOR)
    assert {*caught.value.facts["known"]} == a.ACTS.keys() - a.SYSTEM_TRIGGERS
