"""The form of an act is that of its class: which fields it has, and what each of them takes."""

from collections.abc import Iterable

from phananh.desk.forms import Field, list_fields, make_schema
from phananh.regulation import acts as a

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
        fields = list_fields(a.ACTS[name])
        assert describe(fields) == FORMS.get(name, TEXT), name
        assert all(each.vi and each.en != each.vi for each in fields)
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
        for kind in (a.Reassign, a.Answer, a.Rate, a.Advise, a.Reschedule)
        for name, value in make_schema(list_fields(kind), "en")["properties"].items()
    }
    id_ = {"title": "id", "type": "string", "maxLength": 100}
    text = {"title": "text", "type": "string", "maxLength": 20_000}
    line = {"type": "string", "maxLength": 300}
    assert found == {
        "reassign.to": {
            "title": "person named", "type": "object",
            "properties": {"id": id_, "unit": {**id_, "title": "unit"}},
            "required": ["id"], "additionalProperties": False,
        },
        "answer.text": text,
        "answer.documents": {"title": "documents", "type": "array", "items": line, "maxItems": 200},
        "rate.score": {"title": "satisfaction", "type": "integer", "enum": [1, 2, 3, 4, 5]},
        "advise.text": text,
        "advise.within_competence": {
            "title": "within competence", "type": "boolean", "enum": [True, False]
        },
        "reschedule.to": {"title": "new time", "type": "string", "format": "date-time"},
        "reschedule.reason": {"title": "reason", "type": "string", "maxLength": 2_000},
    }  # fmt: skip
    (to, *_), (score,) = list_fields(a.Escalate), list_fields(a.Rate)
    assert (to.schema("en")["title"], score.schema("vi")["title"]) == (
        "receiver", "mức độ hài lòng"
    )  # fmt: skip
