"""Art. 7.1, 10.2: anyone can send a request at any hour, and the sender completes and rates it."""

from datetime import datetime

import attrs

from phananh.articles import Article
from phananh.errors import Refusal
from phananh.regulation.access import (
    OF_THE_CENTRE,
    ON_CONDUCT,
    is_accused,
    is_holder_accused,
    is_of_accused_unit,
    is_unit_accused,
)
from phananh.regulation.acts import Act, Complete, Receive, ReportOutcome
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.conduct import (
    accused_are_replaced,
    sender_not_named,
    text_of_another_unit,
)
from phananh.regulation.events import Received
from phananh.regulation.guards import Facts, Guard, Rules, cite_lapse, guard, not_blank
from phananh.regulation.intake import (
    EXCLUDED,
    find_unmet,
    found_in_scope,
    is_usable,
    within_scope,
)
from phananh.regulation.request import (
    Channel,
    Holder,
    Reason,
    Role,
    Sender,
    State,
)

RECEIVERS = frozenset({Role.OPERATOR, Role.CITIZEN})
RECEIPT_ARTICLE = Article("7.1")
MOST_EVENTS = 10_000  # of a case, so that it is read within a second
MOST_FORMER = 50  # senders that were replaced: each text is compared with all of them
MOST_RETURNS = 500  # by agencies, and of what was sent back: each request looks at all of them


def find_receipt_refusals(
    act: Receive, *, rules: Rules, is_backdated: bool = False
) -> tuple[Refusal, ...]:
    """Return why this person may not record this receipt. The request itself is accepted (3.1).

    What is unclear or missing is listed on the case. Even an accused operator takes the call, and
    only their next act is refused (8.1.c2).
    """
    if act.by.role not in RECEIVERS:
        facts = {"role": act.by.role.value}
        return (Refusal(code="wrong_role", article=rules.receipt_article, facts=facts),)
    if act.by.role is Role.CITIZEN and act.channel is Channel.PHONE:
        return (Refusal(code="phone_by_operator", article=rules.receipt_article),)
    if rules.backdating == "refuse" and is_backdated:
        return (Refusal(code="backdated", article=rules.receipt_article, reading="R49"),)
    return ()


def make_receipt(
    act: Receive,
    *,
    at: datetime,
    case: str,
    code: str,
    code_digest: str,
    rules: Rules,
    recorded_at: datetime | None = None,
) -> Received:
    """Return the first event of a case, which the operators then hold (Art. 7.1)."""
    return Received(
        case=case,
        n=1,
        at=at,
        by=attrs.evolve(act.by, unit=None) if act.by.role is Role.CITIZEN else act.by,
        state=State.RECEIVED,
        holder=Holder(role=Role.OPERATOR),
        rules=rules.id,
        article=rules.receipt_article.id,
        recorded_at=recorded_at,
        kind=act.kind,
        channel=act.channel,
        language=act.language,
        about_unit=act.about_unit,
        accused=act.accused,
        content=act.content,
        sender=act.sender,
        code=code,
        code_digest=code_digest,
        procedure=act.procedure,
    )


def _by_sender(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to another citizen, if the sender of the case is known."""
    is_known = act.by.role is Role.CITIZEN and isinstance(case.sender_id, str)
    return {} if is_known and not is_same_id(act.by.id, case.sender_id) else None


def _by_code(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to any citizen, if the sender of the case is unknown or was erased."""
    return {} if act.by.role is Role.CITIZEN and not isinstance(case.sender_id, str) else None


def _sender_guards(article: str) -> tuple[Guard, Guard]:
    """Return two objections to a citizen who is not the sender. At most one applies (R48)."""
    make = guard("not_the_sender", article, reading="R48")
    return make(_by_sender), make(_by_code)


_COMPLETES, _RATES = _sender_guards("10.2.a"), _sender_guards("10.2.c")
_WITHDRAWS = _sender_guards("3.1")
# Left out if the person named the case by its tracking code: that is the citizen (R48).
WAIVED_BY_CODE = frozenset({_COMPLETES[1], _RATES[1], _WITHDRAWS[1]})
_ASKED = {Reason.NO_NAME: "name", Reason.NO_CONTACT: "phone"}  # on the phone, of who called


@guard("accused_unit", "8.1.c2", needs_act=True, is_private=True, reading="R40")
def by_another_unit(case: Case, act: Complete, _at: datetime, rules: Rules) -> Facts | None:
    """Object to somebody of the accused's unit making the sender readable to themselves (R40).

    A colleague of the accused may handle the case. So they may add accused, and give the name and
    phone number without which it is not handed on (R42). Until then they may find that it is about
    conduct, or a complaint or denunciation. They give no address of e-mail: letters that name the
    sender would go there.
    """
    if act.by.role not in OF_THE_CENTRE or not is_of_accused_unit(case, act.by):
        return None
    is_early = accused_are_replaced(case)
    kinds, known = (ON_CONDUCT, case.accused) if is_early else (ON_CONDUCT - EXCLUDED, ())
    said = (act.content, act.about_unit, act.procedure, None if act.kind in kinds else act.kind)
    takes_back = act.accused is not None and not set(known) <= set(act.accused)
    lacks = {_ASKED.get(each.code) for each in find_unmet(case, rules=rules)}
    sent = (
        value
        for each in ("name", "address", "phone", "email", "id")
        if (value := getattr(act.sender, each, None)) is not None
        and (each not in lacks or "@" in value or is_usable(Sender(phone=value), "email"))
    )
    return {} if takes_back or any(each is not None for each in (*said, *sent)) else None


@guard("operator_only", "10.1.b", needs_act=True)
def operator_fields_unchanged(
    _case: Case, act: Complete, _at: datetime, _rules: Rules
) -> Facts | None:
    """Object to a citizen changing kind, accused, unit, language or procedure."""
    if act.by.role is not Role.CITIZEN:
        return None
    for field in ("kind", "accused", "about_unit", "language", "procedure"):
        if getattr(act, field) is not None:
            return {"field": field}
    return None


@guard("handed_on", "10.2.a", needs_act=True, reading="R56")
def contents_unchanged(case: Case, act: Complete, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to replacing what was handed on. A note can add to it.

    The operator may still find a complaint or denunciation (R56).
    """
    if case.state is State.RECEIVED:
        return None
    is_found = act.kind in EXCLUDED and act.by.role is Role.OPERATOR
    fields = ("content",) if is_found else ("kind", "content")
    changed = [field for field in fields if getattr(act, field) is not None]
    return {"field": "|".join(changed)} if changed else None


@guard("after_answer", "10.2.a", needs_act=True, reading="R39")
def adds_accused(_case: Case, act: Complete, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to completing a case that was answered with anything but accused and unit (R39)."""
    others = ("kind", "content", "sender", "language", "procedure")
    changed = [field for field in others if getattr(act, field) is not None]
    return {"field": "|".join(changed)} if changed else None


@guard("withdrawn", "10.2.c", reading="R54")
def not_withdrawn(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to rating what the sender took back."""
    return {} if case.is_withdrawn else None


@guard("not_rejected", "7.2", reading="R55")
def was_rejected(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to reopening a case that was closed otherwise than after a refusal."""
    return None if case.reasons else {}


@guard("no_lapse", "9.2", reading="R50")
def lapse_counts(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if no limit ran out, or each lapse was lifted."""
    return None if case.is_late else {}


@guard("rated_before", "10.2.c", reading="R48")
def not_rated_before(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a second rating."""
    return {} if case.rating is not None else None


@guard("history_full", "10.2.a")
def has_room(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the history is so long that what may be added without end has to end.

    A step towards the end of the case is still taken, and every one of the leadership. Units that
    do not handle the case fill half of it at most.
    """
    most = MOST_EVENTS // 2 if act.trigger == ReportOutcome.trigger else MOST_EVENTS
    is_full = case.version >= most and act.by.role is not Role.LEADERSHIP
    return {"count": most} if is_full else None


@guard("history_full", "10.2.a")
def has_room_to_complete(case: Case, act: Act, at: datetime, rules: Rules) -> Facts | None:
    """Object likewise, but not to who else is accused, as they may have filled the case."""
    # Whether the centre may complete it at all is asked without what they say.
    is_accusing = act.by.role in OF_THE_CENTRE and (
        not hasattr(act, "accused")
        or not all(
            is_accused(case, each.id) if each.id else is_unit_accused(case, each.unit)
            for each in act.accused or ()
        )
    )
    return None if is_accusing else has_room.check(case, act, at, rules)


@guard("history_full", "10.2.a")
def has_room_to_reassign(case: Case, act: Act, at: datetime, rules: Rules) -> Facts | None:
    """Object likewise, but not while another has to be named."""
    return None if is_holder_accused(case) else has_room.check(case, act, at, rules)


@guard("history_full", "10.2.a", needs_act=True)
def has_room_for_sender(case: Case, act: Complete, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to another sender if so many were replaced that texts take long to compare (R45)."""
    return (
        {"count": MOST_FORMER}
        if act.sender is not None and len(case.former_senders) >= MOST_FORMER
        else None
    )


@guard("history_full", "10.1.b", reading="R53")
def has_room_for_return(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the case went to and fro so often that it has to end where it is."""
    return (
        {"count": MOST_RETURNS}
        if len(case.findings) + len(case.sent_back) >= MOST_RETURNS
        else None
    )


COMPLETION = (
    *_COMPLETES,
    by_another_unit,
    has_room_to_complete,
    has_room_for_sender,
    operator_fields_unchanged,
    contents_unchanged,
    not_blank("content", "10.2.a"),
)
NOTING = (*_COMPLETES, has_room, not_blank("text", "10.2.a"))
RATING = (*_RATES, within_scope, not_rated_before, not_withdrawn)
WITHDRAWAL = (*_WITHDRAWS, not_blank("text", "3.1", reading="R54"))
REOPENING = (was_rejected, not_blank("text", "7.2", reading="R55"))
LIFTING = (
    text_of_another_unit,
    found_in_scope,
    lapse_counts,
    not_blank("text", "9.2", cite=cite_lapse, reading="R50"),
    sender_not_named,
)
