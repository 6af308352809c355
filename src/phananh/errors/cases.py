"""Errors about a case: there is none, a step is missing or refused, someone else was first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

from phananh.articles import Article
from phananh.errors.base import (
    PhanAnhError,
    check_language,
    escape_controls,
    find_message,
    short_repr,
    word_or_slug,
)
from phananh.messages.message import fact_text, put_in
from phananh.messages.refusals import find_words
from phananh.messages.steps import STAGES, STEPS
from phananh.plain_data import item_to_plain


@attrs.frozen(kw_only=True)
class Refusal:
    """One reason why an act was refused, for the person who tried it.

    `article` is the clause. `reading` is the id of a reading, such as "R4", if the clause alone
    does not say so.
    `facts` holds only what the message needs, without the accused's identity and the sender's
    data.
    """

    code: str
    article: Article | None
    reading: str | None = None
    facts: Mapping[str, object] = attrs.field(factory=dict, hash=False)

    def text(self, lang: str = "en") -> str:
        """Return the reason in words, in `vi` or `en`.

        A code of your own is shown as it is, with its facts.

        Raises:
            InputError: `lang` is another language.
        """
        wanted = check_language(lang)
        try:
            vi, en = find_words(self.code, self.facts)
            words = put_in(vi if wanted == "vi" else en, self.facts, wanted)
        except KeyError:  # a code from outside, or a fact is missing that our sentence needs
            facts = ", ".join(f"{k}: {fact_text(k, v, wanted)}" for k, v in self.facts.items())
            words = f"{self.code} ({facts})" if facts else self.code
        return escape_controls(words)

    def text_with_article(self, lang: str = "en") -> str:
        """Return the reason in words, with its article in brackets if it has one."""
        if self.article is None:
            return self.text(lang)
        cited = {"reason": self.text(lang), "article": self.article.text(lang)}
        if self.reading is None:
            return find_message("cited").text(cited, lang)
        return find_message("cited_reading").text(cited | {"reading": self.reading}, lang)

    def as_dict(self, lang: str | None = None, *, personal: bool = False) -> dict[str, Any]:
        """Return `code`, `article` (an id or None), `vi` and `en`, and with `lang` also `text`.

        If the refusal rests on a reading, `reading` is its id.
        """
        plain = {
            "code": self.code,
            **item_to_plain("article", self.article, lang),
            "vi": self.text("vi"),
            "en": self.text(),
        }
        plain |= {} if self.reading is None else {"reading": self.reading}
        return plain if lang is None else {**plain, "text": self.text(lang)}


@attrs.define(kw_only=True, eq=False, slots=False)
class NotFoundError(PhanAnhError, LookupError):
    """No case has this id or tracking code.

    `key` is what was typed if it has the form of an id, and its first letters if not.
    """

    key: str

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "case_unknown", {"key": short_repr(self.key)}


@attrs.define(kw_only=True, eq=False, slots=False)
class UnknownRulesError(PhanAnhError, LookupError):
    """A case was received under rules that the desk does not have (reading R47).

    `rules` is the id of that set, and `known` those of the sets that the desk has.
    """

    rules: str
    case: str
    known: tuple[str, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "rules_unknown", self._fields()


@attrs.define(kw_only=True, eq=False, slots=False)
class StepNotAllowedError(PhanAnhError, RuntimeError):
    """The lifecycle has no such step from this state (Art. 8).

    `trigger` is the step that was tried, and `allowed` lists those that the case has now.
    `state` is its state. `holder` is the role that holds it, or None once the case was answered
    or rejected.
    """

    case: str
    state: str
    holder: str | None
    trigger: str
    allowed: tuple[str, ...] = ()

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        code = "step_not_allowed_to_holder" if self.holder else "step_not_allowed_when_done"
        return code, {
            "case": self.case,
            "step": _name_step(self.trigger, lang),
            "stage": _name_stage(self.state, lang),
            "by": word_or_slug("role", self.holder or "", lang),
            "allowed": tuple(word_or_slug("trigger", each, lang) for each in self.allowed),
        }


def _name_step(trigger: str, lang: str) -> str:
    return word_or_slug("trigger", trigger, lang) if lang == "vi" else STEPS.get(trigger, trigger)


def _name_stage(state: str, lang: str) -> str:
    if lang == "vi":
        return word_or_slug("state", state, lang)
    return STAGES.get(state, f"a case that is {state}")


@attrs.define(kw_only=True, eq=False, slots=False)
class RefusedError(PhanAnhError, ValueError):
    """The step exists, but not for this person, or not at this time.

    `trigger` is the step, and `refusals` lists every reason.
    """

    case: str
    trigger: str
    refusals: tuple[Refusal, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        reasons = "; ".join(each.text_with_article(lang) for each in self.refusals)
        step = word_or_slug("trigger", self.trigger, lang)
        return "act_refused", {"case": self.case, "step": step, "reasons": reasons}


@attrs.define(kw_only=True, eq=False, slots=False)
class ConflictError(PhanAnhError, RuntimeError):
    """Someone else recorded an event of this case first: reload it and try again.

    `expected` is the version that your act was based on, and `actual` the one stored, or None if
    that is not known. `fresh` is the case as it is now if it was loaded, else None.
    """

    case: str
    expected: int
    actual: int | None = None
    fresh: Any = attrs.field(default=None, repr=False)

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "version_unknown" if self.actual is None else "version_differs", self._fields()

    def as_dict(self, lang: str | None = "en", *, personal: bool = False) -> dict[str, Any]:
        """Return the facts. `fresh` is always None, because the case may name people."""
        return {**super().as_dict(lang), "fresh": None}


@attrs.define(kw_only=True, eq=False, slots=False)
class ClockError(PhanAnhError, RuntimeError):
    """The desk's clock is `behind` the last event of the case, by more than is `allowed`.

    `now` and `last` are both moments in ISO 8601.
    """

    case: str
    now: str
    last: str
    behind: timedelta
    allowed: timedelta

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "clock_behind" if self.allowed else "clock_behind_at_all", self._fields()


@attrs.define(kw_only=True, eq=False, slots=False)
class DuplicateError(PhanAnhError, RuntimeError):
    """The command with this id was recorded before, so it was not recorded again.

    `case` and `version` say where it was recorded.
    """

    command_id: str
    case: str
    version: int

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "command_known", {**self._fields(), "command": short_repr(self.command_id)}


@attrs.define(kw_only=True, eq=False, slots=False)
class LeaseLostError(PhanAnhError, RuntimeError):
    """Another worker has claimed the consumer since, or the lease was released."""

    consumer: str
    number: int

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "lease_lost", {**self._fields(), "consumer": short_repr(self.consumer)}
