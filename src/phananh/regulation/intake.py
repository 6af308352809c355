"""Art. 1.1.b, 4, 6, 7.2, 8.3: what a request must meet, as a table. All that is unmet is listed.

A requirement with a check is computed, and a refusal for it must be so. That the content is
unclear is the operator's own judgement, which always counts. A service is not outside Article 4
(R26), and neither is what the leadership found to be within competence. Competence is for the
leadership to judge (8.3).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from phananh.articles import Article
from phananh.errors import check_language
from phananh.messages.labels import LACKING, WORDS
from phananh.messages.message import say
from phananh.plain_data import item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.acts import Reject
from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_marks, is_blank
from phananh.regulation.guards import Facts, Guard, Rules, guard, not_blank
from phananh.regulation.request import REASON_CLAUSES, Kind, Reason, Sender

EXCLUDED = frozenset({Kind.COMPLAINT, Kind.DENUNCIATION})
_NOTHING = frozenset({"", "khong", "khong co", "khong ro", "khong biet", "chua ro", "chua co"})
_LONGEST = 10


def is_usable(sender: Sender, field: str) -> bool:
    """Return whether you can use a contact field. `reply` is any way to reply (6.c).

    A number among the mail, or an address of e-mail beside a number, is read where it stands.
    """
    if field == "name":
        return _is_given(sender.name)
    if field in ("phone", "email"):
        from phananh.regulation.personal_data import find_emails, find_phones  # slow to load

        find = find_phones if field == "phone" else find_emails
        return bool(find(sender.phone) or find(sender.email))
    if field == "reply":
        return _is_given(sender.address) or is_usable(sender, "phone") or is_usable(sender, "email")
    return _is_given(sender.address)


def _is_given(text: str | None) -> bool:
    # What staff type into a cell that must not be empty gives nothing.
    return (
        text is not None
        and not is_blank(text)
        and (len(text) > _LONGEST or fold_marks(text) not in _NOTHING)
    )


def _is_lacking(case: Case, field: str) -> bool:
    # What was erased was there once, and lacks only if the case was opened again since (R55).
    sender = case.sender
    return not is_usable(sender, field) if isinstance(sender, Sender) else case.is_open


def _is_without_contact(case: Case, rules: Rules) -> bool:
    return any(_is_lacking(case, each) for each in rules.contact_required if each != "name")


def _join_lacking(case: Case, rules: Rules) -> str:
    """Return the contact fields that the rules name and a case lacks, joined by bars (R11)."""
    named = sorted(rules.contact_required - {"name", "reply"})
    return "|".join(each for each in named if _is_lacking(case, each))


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Requirement(PlainValue):
    """One thing a request must meet: its clause, and how it is computed or judged.

    `unmet` is the check, or None if only a person can judge it. If `judged`, the operator may
    judge it unmet, whatever was computed. `lacks` are the contact fields that the rules name and a
    case lacks, joined by bars.
    """

    code: Reason
    article: Article
    unmet: Callable[[Case, Any], bool] | None = None
    judged: bool = False
    lacks: str = ""

    def _to_line(self) -> str:
        return f"{self.code} ({self.article.text()}): {self.text()}"

    def text(self, lang: str = "en") -> str:
        """Return what is wrong with a request that does not meet it, in `vi` or `en`."""
        return self._say("reason", lang)

    def guidance(self, lang: str = "en") -> str:
        """Return what the sender may do about it, in `vi` or `en` (Art. 7.2, 10.2.a)."""
        return self._say("guidance", lang)

    def _say(self, group: str, lang: str) -> str:
        pair = LACKING[group] if self.lacks else WORDS[group][self.code]
        return say(pair, check_language(lang), field=self.lacks)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `code`, `article`, `vi`, `en`, and `guidance` in both languages."""
        languages = ("vi", "en")
        plain = {"code": self.code, **item_to_plain("article", self.article, lang)}
        plain |= {each: self.text(each) for each in languages}
        plain["guidance"] = {each: self.guidance(each) for each in languages}
        if lang is None:
            return plain
        return {**plain, "text": self.text(lang), "guidance_text": self.guidance(lang)}


def _requirement(reason: Reason, **how: Any) -> Requirement:
    return Requirement(code=reason, article=Article(REASON_CLAUSES[reason]), **how)


INTAKE: tuple[Requirement, ...] = (
    _requirement(Reason.COMPLAINT_OR_DENUNCIATION, unmet=lambda case, _: case.kind in EXCLUDED),
    _requirement(Reason.OUTSIDE_ARTICLE_4, judged=True),
    _requirement(
        Reason.UNCLEAR,
        unmet=lambda case, _: isinstance(case.content, str) and is_blank(case.content),
        judged=True,
    ),
    _requirement(
        Reason.NOT_VIETNAMESE,
        unmet=lambda case, _: case.language != "vi" and case.language.split("-")[0] != "vi",
    ),
    _requirement(
        Reason.NO_NAME,
        unmet=lambda case, rules: "name" in rules.contact_required and _is_lacking(case, "name"),
    ),
    _requirement(Reason.NO_CONTACT, unmet=_is_without_contact),
    _requirement(Reason.OUT_OF_COMPETENCE),
)
REQUIREMENTS: dict[str, Requirement] = {each.code: each for each in INTAKE}


def find_unmet(case: Case, *, rules: Rules) -> tuple[Requirement, ...]:
    """Return every computed requirement that `case` does not meet, in the table's order."""
    return tuple(
        attrs.evolve(each, lacks=_join_lacking(case, rules))
        if each.code is Reason.NO_CONTACT
        else each
        for each in rules.requirements
        if each.unmet is not None and each.unmet(case, rules)
    )


@guard("complaint", "1.1.b")
def within_scope(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a step that no complaint or denunciation takes."""
    return {} if case.kind in EXCLUDED else None


@guard("complaint", "1.1.b")
def found_in_scope(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a step of a complaint or denunciation, unless it was found after the hand-over.

    Then the answer is guidance (R56).
    """
    return {} if case.kind in EXCLUDED and case.officer is None else None


@guard("no_reasons", "7.2", needs_act=True)
def reasons_given(_case: Case, act: Reject, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a rejection without a reason."""
    return None if act.reasons else {}


def _make_ground_guard(requirement: Requirement) -> Guard:
    """Return a guard that objects to this reason if it is not true, with its own clause."""

    @guard("no_ground", requirement.article.id, needs_act=True, is_private=True)
    def reason_holds(case: Case, act: Reject, _at: datetime, rules: Rules) -> Facts | None:
        unmet = requirement.unmet if requirement.code in act.reasons else None
        return {"reason": requirement.code} if unmet and not unmet(case, rules) else None

    return reason_holds


@guard("no_ground", "6.b", needs_act=True, reading="R26")
def outside_article_4(case: Case, act: Reject, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to `outside_article_4` of a service, and of what is within competence (8.3)."""
    is_inside = case.kind is Kind.SERVICE or case.within_competence is True
    is_wrong = is_inside and Reason.OUTSIDE_ARTICLE_4 in act.reasons
    return {"reason": Reason.OUTSIDE_ARTICLE_4} if is_wrong else None


@guard("not_advised", "8.3", needs_act=True, reading="R43")
def leadership_advised(case: Case, act: Reject, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to `out_of_competence` unless the leadership's last opinion says so (R43)."""
    is_told = case.within_competence is False
    return {} if Reason.OUT_OF_COMPETENCE in act.reasons and not is_told else None


@guard("no_contact", "6.c", is_private=True, reading="R42")
def contact_given(case: Case, _act: object, _at: datetime, rules: Rules) -> Facts | None:
    """Object to a hand-over if the contact that the rules require is missing (3.5)."""
    if not rules.contact_gate or not _is_without_contact(case, rules):
        return None
    sender = case.sender if isinstance(case.sender, Sender) else Sender()
    if lacks := _join_lacking(case, rules):
        return {"lacks": lacks}
    given = {way: getattr(sender, way) for way in ("phone", "email")}
    unusable = [way for way, text in given.items() if _is_given(text)]  # or a reply could go there
    return {"field": "|".join(unusable)} if unusable else {}


def _make_gate(code: str, reason: Reason, article: str) -> Guard:
    """Return a guard that objects to a hand-over while this requirement is unmet (3.5, R42)."""
    shipped = REQUIREMENTS[reason]

    @guard(code, article, is_private=True, reading="R42")
    def requirement_holds(case: Case, _act: object, _at: datetime, rules: Rules) -> Facts | None:
        table = rules.requirements
        own = shipped if table is INTAKE else next((x for x in table if x.code is reason), None)
        return {} if rules.contact_gate and own and own.unmet and own.unmet(case, rules) else None

    return requirement_holds


HAND_OVER = (
    within_scope,
    _make_gate("no_name", Reason.NO_NAME, "6.c"),
    contact_given,
    _make_gate("no_content", Reason.UNCLEAR, "6.b"),
    _make_gate("not_vietnamese", Reason.NOT_VIETNAMESE, "6.a"),
)
REJECTION = (
    reasons_given,
    not_blank("guidance", "7.2"),
    *(_make_ground_guard(each) for each in INTAKE if each.unmet and not each.judged),
    outside_article_4,
    leadership_advised,
)
