"""Who may do what, and every reason why not: a code of the table of refusals, and its clause.

The function of an act adds a reason for everything that stands against it. Before each stands
Art. 8.1.c2: neither the actor nor whoever the act names is accused.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from tests.oracle.acts.case import Case
from tests.oracle.acts.form import SENDER_KEYS, Line, Person
from tests.oracle.acts.values import fold_id, is_blank, is_same, mentions

# What is done beside the way that a case takes, as long as it is open, or once it was answered.
_ASIDE = ["complete", "note", "notify_unit"]
_AFTER = ["notify_unit", "publish", "commend", "rate"]
STEPS = {
    "received": [*_ASIDE, "reject", "answer", "escalate"],
    "escalated": [*_ASIDE, "advise", "answer", "request_verification", "reassign"],
    "pending_verification": [*_ASIDE, "report_findings", "reschedule", "reassign"],
    "overdue": [
        *_ASIDE,
        "advise",
        "answer",
        "request_verification",
        "report_findings",
        "reschedule",
        "reassign",
    ],
    "answered": ["close", *_AFTER],
    "rejected": ["close"],
    "closed": _AFTER,
}
# A complaint or denunciation is completed, noted, refused, and the refusal closed (Art. 1.1.b).
OF_COMPLAINTS = ["complete", "note", "reject", "close"]
# With whom the case must lie that there be such a step; of an act not named, with anybody.
LIES_WITH = {
    "advise": ["leadership"],
    "answer": ["operator", "officer", "provider"],
    "request_verification": ["officer"],
    "report_findings": ["agency"],
    "reschedule": ["agency"],
    "reassign": ["officer", "provider", "agency"],
}


def list_possible(case: Case) -> list[str]:
    """Return the acts that there are for the case now, for anybody."""
    acts = STEPS[case.state]
    if case.is_complaint:
        acts = [act for act in acts if act in OF_COMPLAINTS]
    return sorted(act for act in acts if act not in LIES_WITH or case.holder in LIES_WITH[act])


@dataclass
class Attempt:
    """An act asked for on a case, and what was found against it so far."""

    case: Case
    line: Line
    by: Person
    reasons: set[tuple[str, str]] = field(default_factory=set)

    @property
    def at(self) -> datetime:
        """When it is asked."""
        return self.line.at

    def refuse(self, code: str, clause: str, *, unless: bool) -> None:
        """Find a reason where something does not hold."""
        if not unless:
            self.reasons.add((code, clause))

    def need_role(self, roles: Collection[str], clause: str) -> None:
        """Find a reason where the actor's role may not do this."""
        self.refuse("wrong_role", clause, unless=self.by.role in roles)

    def need_text(self, key: str, clause: str) -> None:
        """Find a reason where a text that is given cannot be seen."""
        if key in self.line.more:
            self.refuse("blank", clause, unless=not is_blank(self.line.more[key]))

    def need_holder(self, role: str, clause: str) -> None:
        """Find a reason where the case does not lie with somebody of a role, who is the actor."""
        self.refuse("wrong_holder", clause, unless=self.case.holder == role)
        self.need_role([role], clause)
        if self.by.role == role:
            self.refuse("not_the_holder", clause, unless=self.has_the_case())

    def has_the_case(self) -> bool:
        """Say whether the case lies with the actor: by id, an agency by unit, others by role."""
        case, by = self.case, self.by
        if by.role == "agency":
            return case.holder == "agency" and is_same(by.unit, case.unit)
        if by.role in ("officer", "provider"):
            return case.holder == by.role and is_same(by.id, case.holder_id)
        return case.holder == by.role

    def need_sender_unnamed(self, clause: str) -> None:
        """Find a reason where the text gives away who the sender is."""
        text = self.line.more.get("text", "")
        known = [self.case.sender, *self.case.former]
        given = any(mentions(text, each.get(key)) for each in known for key in SENDER_KEYS)
        given = given or mentions(text, self.case.sender_id)
        self.refuse("names_sender", clause, unless=not given)

    def need_sender(self, clause: str) -> None:
        """Find a reason where a citizen is not the sender, whose id is known."""
        if self.by.role == "citizen" and self.case.sender_id is not None:
            self.refuse("not_the_sender", clause, unless=is_same(self.by.id, self.case.sender_id))


def _complete(asked: Attempt) -> None:
    asked.need_role(["operator", "citizen"], "10.2.a")
    asked.need_sender("10.2.a")
    if asked.by.role == "citizen":
        own = not {"kind", "accused", "about_unit", "language"} & asked.line.more.keys()
        asked.refuse("operator_only", "10.2.a", unless=own)
    replaced = {"kind", "content"} & asked.line.more.keys()
    asked.refuse("handed_on", "10.2.a", unless=asked.case.state == "received" or not replaced)
    asked.need_text("content", "10.2.a")


def _note(asked: Attempt) -> None:
    """By the operators, the sender, the leadership, and whoever the case lies with."""
    handlers = ["officer", "provider", "agency"]
    asked.need_role(["operator", "citizen", "leadership", *handlers], "10.2.a")
    asked.need_sender("10.2.a")
    if asked.by.role in handlers:
        asked.refuse("not_the_holder", "10.2.a", unless=asked.has_the_case())
    asked.need_text("text", "10.2.a")


def _reject(asked: Attempt) -> None:
    asked.need_role(["operator"], "7.2")
    asked.refuse("no_reasons", "7.2", unless=bool(asked.line.more["reasons"]))
    asked.need_text("guidance", "7.2")
    case, reasons = asked.case, asked.line.more["reasons"]
    # What can be told from the case has to be so; the rest is the operator's to judge.
    told = {
        "complaint_or_denunciation": ("1.1.b", case.is_complaint),
        "no_name": ("6.c", not case.has_name),
        "no_contact": ("6.c", not case.has_contact),
    }
    for reason, (clause, holds) in told.items():
        asked.refuse("no_ground", clause, unless=holds or reason not in reasons)
    said = case.is_competent is False
    asked.refuse("not_advised", "8.3", unless=said or "out_of_competence" not in reasons)


def _answer(asked: Attempt) -> None:
    if asked.case.state == "received":
        asked.need_role(["operator"], "8.1.a")
        asked.need_text("text", "8.1.a")
        return
    meant = asked.case.holder
    if meant not in ("officer", "provider"):
        meant = "provider" if asked.by.role == "provider" else "officer"
    officers = "8.1.c1" if asked.case.verified else "8.1.b"
    clause = "8.2.b" if meant == "provider" else officers
    asked.need_holder(meant, clause)
    asked.need_text("text", clause)


def _escalate(asked: Attempt) -> None:
    target = asked.line.more["to"]["role"]
    clause = {"officer": "8.1.b", "provider": "8.2.a", "leadership": "8.3"}[target]
    asked.need_role(["operator"], clause)
    asked.refuse("no_name", "6.c", unless=asked.case.has_name)
    asked.refuse("no_contact", "6.c", unless=asked.case.has_contact)
    if not asked.case.is_complaint and target != "leadership":
        fits = (target == "provider") == (asked.case.kind == "service")
        asked.refuse("unfit_target", clause, unless=fits)


def _advise(asked: Attempt) -> None:
    asked.need_holder("leadership", "8.3")
    asked.need_text("text", "8.3")


def _request_verification(asked: Attempt) -> None:
    asked.need_holder("officer", "8.1.c1")
    asked.refuse("past_appointment", "8.1.c1", unless=asked.line.more["appointment"] > asked.at)


def _report_findings(asked: Attempt) -> None:
    asked.need_holder("agency", "8.1.c1")
    asked.need_text("text", "8.1.c1")


def _reschedule(asked: Attempt) -> None:
    """At most once per case, not after the due instant, to later than the due, with a reason."""
    case, to = asked.case, asked.line.more["to"]
    asked.need_holder("agency", "9.3")
    asked.refuse("rescheduled_before", "9.3", unless=not case.rescheduled)
    asked.refuse("already_late", "9.3", unless=case.due is not None)
    asked.refuse("nothing_left", "9.3", unless=case.due is None or not case.spent)
    asked.refuse("not_later", "9.3", unless=to > max(case.due or asked.at, asked.at))
    asked.need_text("reason", "9.3")


def _reassign(asked: Attempt) -> None:
    """Another person of the holder's unit, named by its head, or by the leadership."""
    case, by, to = asked.case, asked.by, asked.line.more["to"]
    asked.refuse("wrong_holder", "8.1.c2", unless=case.holder in LIES_WITH["reassign"])
    asked.need_role(["agency_head", "leadership"], "8.1.c2")
    if by.role == "agency_head":
        asked.refuse("not_head", "8.1.c2", unless=is_same(by.unit, case.unit))
    if by.role == "leadership":
        headless = case.unit is None
        asked.refuse("head_not_accused", "8.1.c2", unless=headless or case.accuses_unit(case.unit))
    if "unit" in to:
        asked.refuse("other_unit", "8.1.c2", unless=is_same(to["unit"], case.unit))
    asked.refuse("same_person", "8.1.c2", unless=not is_same(to["id"], case.holder_id))


def _notify_unit(asked: Attempt) -> None:
    asked.need_role(["leadership"], "8.1.c2")
    case, unit = asked.case, asked.line.more["unit"]
    asked.refuse("not_conduct", "8.1.c2", unless=case.kind == "conduct" or bool(case.accused))
    theirs = case.accuses_unit(unit) or is_same(case.about_unit, unit)
    asked.refuse("not_their_unit", "8.1.c2", unless=theirs)
    asked.need_text("text", "8.1.c2")
    asked.need_sender_unnamed("8.1.c2")


def _close(asked: Attempt) -> None:
    clause = asked.case.ended_by
    asked.need_role(["operator", "officer"], clause)


def _publish(asked: Attempt) -> None:
    asked.need_role(["operator", "leadership"], "10.2.b")
    asked.need_text("text", "10.2.b")
    asked.need_sender_unnamed("2.2")
    text = asked.line.more["text"]
    named = any(mentions(text, accused.get("id")) for accused in asked.case.accused)
    asked.refuse("names_accused", "2.2", unless=not named)
    asked.refuse("accused_unit", "8.1.c2", unless=not asked.case.accuses_unit(asked.by.unit))


def _commend(asked: Attempt) -> None:
    asked.need_role(["agency_head", "leadership"], "16.1.p2")
    asked.need_text("text", "16.1.p2")
    if asked.by.role == "agency_head":
        handled = asked.by.unit is not None and fold_id(asked.by.unit) in asked.case.units
        asked.refuse("not_handling_unit", "16.1.p2", unless=handled)
    if asked.by.role == "leadership":
        asked.refuse("unit_proposes", "16.1.p2", unless=not asked.case.units)


def _rate(asked: Attempt) -> None:
    asked.need_role(["citizen"], "10.2.c")
    asked.need_sender("10.2.c")
    asked.refuse("rated_before", "10.2.c", unless=not asked.case.rated)


_AGAINST: dict[str, Callable[[Attempt], None]] = {
    "complete": _complete,
    "note": _note,
    "reject": _reject,
    "answer": _answer,
    "escalate": _escalate,
    "advise": _advise,
    "request_verification": _request_verification,
    "report_findings": _report_findings,
    "reschedule": _reschedule,
    "reassign": _reassign,
    "notify_unit": _notify_unit,
    "close": _close,
    "publish": _publish,
    "commend": _commend,
    "rate": _rate,
}


def reasons_against(case: Case, line: Line) -> set[tuple[str, str]]:
    """Return every reason against an act for which there is a step, as of its time."""
    assert line.by is not None
    asked = Attempt(case, line, line.by)
    asked.refuse("accused", "8.1.c2", unless=not case.is_accused(line.by.id))
    asked.refuse("accused_named", "8.1.c2", unless=not case.is_accused(person_named(line)))
    if line.act not in OF_COMPLAINTS:
        asked.refuse("complaint", "1.1.b", unless=not case.is_complaint)
    _AGAINST[line.act](asked)
    return asked.reasons


def person_named(line: Line) -> str | None:
    """Return the id of whoever is to have the case by this act."""
    if line.act in ("escalate", "reassign"):
        found: str = line.more["to"]["id"]
        return found
    return line.more.get("focal")


def reasons_against_receipt(line: Line) -> set[tuple[str, str]]:
    """Return every reason against a receipt: by an operator, or by the citizen, who writes."""
    assert line.by is not None
    if line.by.role == "citizen":
        return {("phone_by_operator", "7.1")} if line.more["channel"] == "phone" else set()
    return set() if line.by.role == "operator" else {("wrong_role", "7.1")}
