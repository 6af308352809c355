"""Each act that the walk tries: well formed, and spoilt in each known way (Art. 7-10, 16)."""

from collections.abc import Callable
from datetime import datetime

import attrs

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.deadline import Recount
from phananh.regulation.request import Assignee, Person
from tests.regulation import cast

Variant = tuple[str, str, Callable[[Person, Case, datetime], a.Act]]
PHONE = "Gọi 0218.383.1022"
BLANK = "\u200b \n"
TO_ACCUSED = Person(id=cast.SPELT, role="officer", unit=cast.HEALTH)


def _good(trigger: str) -> Variant:
    return trigger, "good", lambda by, case, at: cast.well_formed_act(trigger, by, case, at)


def _blank(kind: type[a.Act], field: str, **others) -> Variant:
    return kind.trigger, "blank", lambda by, case, at: kind(by=by, **{field: BLANK, **others})


def _reject(name: str, *reasons: str) -> Variant:
    return (
        "reject",
        name,
        lambda by, c, at: a.Reject(by=by, reasons=reasons, guidance="Gửi nơi khác"),
    )


def _to(name: str, target: Person) -> Variant:
    return "escalate", name, lambda by, case, at: a.Escalate(by=by, to=target)


def _ask(name: str, agency: str = cast.HEALTH, focal: str | None = None, late=cast.DAY) -> Variant:
    return (
        "request_verification",
        name,
        lambda by, case, at: a.RequestVerification(
            by=by, agency=agency, focal=focal, appointment=at + late
        ),
    )


def _put_off(name: str, ahead=cast.DAY, reason: str = "Chờ hồ sơ gốc") -> Variant:
    return (
        "reschedule",
        name,
        lambda by, case, at: a.Reschedule(by=by, to=max(at, case.due or at) + ahead, reason=reason),
    )


def _moved(name: str, recount: Callable[[Case, datetime], Recount], **more) -> Variant:
    return (
        "move_deadline",
        name,
        lambda by, case, at: a.MoveDeadline(by=by, recount=recount(case, at), **more),
    )


def _give(name: str, who: Callable[[Case], tuple[str, str | None]]) -> Variant:
    def made(by: Person, case: Case, at: datetime) -> a.Act:
        person, unit = who(case)
        return a.Reassign(by=by, to=Assignee(id=person, unit=unit))

    return "reassign", name, made


VARIANTS: tuple[Variant, ...] = (
    *map(_good, [trigger for trigger in a.ACTS if trigger != "receive"]),
    _blank(a.Complete, "content"),
    _blank(a.Note, "text"),
    ("complete", "recast", lambda by, c, at: a.Complete(by=by, kind="complaint")),
    ("complete", "contact", lambda by, c, at: a.Complete(by=by, sender=cast.SENDER)),
    _blank(a.Reject, "guidance", reasons=["unclear"]),
    _reject("none"),
    _reject("false", "not_vietnamese", "no_contact"),
    _reject("nameless", "no_name"),
    _reject("competence", "out_of_competence"),
    _reject("excluded", "complaint_or_denunciation"),
    _blank(a.Answer, "text"),
    _to("leadership", cast.LEADERSHIP),
    _to("provider", cast.PROVIDER),
    _to("officer", cast.OFFICER),
    _to("accused", TO_ACCUSED),
    _blank(a.Advise, "text", within_competence=True),
    (
        "advise",
        "within",
        lambda by, c, at: attrs.evolve(cast.OPINION, by=by, within_competence=True),
    ),
    _ask("other agency", cast.LAND),
    _ask("past", late=cast.DAY * 0),
    _ask("accused", focal=cast.SPELT),
    _blank(a.ReportFindings, "text"),
    _put_off("same", cast.DAY * 0),
    _put_off("blank", reason=BLANK),
    _moved("sooner", lambda case, at: cast.make_earlier_recount(case, cast.US)),
    _moved(
        "sooner for a day off",
        lambda c, at: cast.make_earlier_recount(c, cast.US, cause="day_off"),
        earlier=True,
    ),
    _moved(
        "into the past",
        lambda c, at: cast.make_earlier_recount(c, cast.MINUTE + (c.due or at) - at),
        earlier=True,
    ),
    _moved("unexplained", lambda c, at: cast.make_recount(c, **cast.UNEXPLAINED)),
    _moved("of tomorrow", lambda c, at: cast.make_recount(c, **cast.facts_of_tomorrow(at))),
    _moved("unknown in time", lambda c, at: cast.make_recount(c, issued=None, notices=("TB 9",))),
    _give("accused", lambda case: (cast.SPELT, None)),
    _give("same", lambda case: ((case.holder and case.holder.id) or "nguoi-moi", None)),
    _give("other unit", lambda case: ("nguoi-la", cast.HUB)),
    ("notify_unit", "other unit", lambda by, c, at: a.NotifyUnit(by=by, unit=cast.POST)),
    _blank(a.NotifyUnit, "text", unit=cast.HEALTH),
    ("notify_unit", "sender", lambda by, c, at: a.NotifyUnit(by=by, unit=cast.HEALTH, text=PHONE)),
    _blank(a.Publish, "text"),
    ("publish", "sender", lambda by, c, at: a.Publish(by=by, text=PHONE)),
    ("publish", "accused", lambda by, c, at: a.Publish(by=by, text=f"Về {cast.SPELT}")),
    *(_blank(kind, "text") for kind in (a.Commend, a.ReportOutcome, a.Unpublish)),
    *(_blank(kind, "text") for kind in (a.SendBack, a.Withdraw, a.Reopen, a.LiftLapse)),
)
GOOD = tuple(variant for variant in VARIANTS if variant[1] == "good")
