"""Every error that phananh raises, what it means, and what it leaves behind.

PhanAnhError                               500   the base of all
    ActError                 (RuntimeError)      what the user of your application did
        RefusedError                       403   a guard objected: .refusals
        StepNotAllowedError                409   no row for this state and trigger
        ConflictError                      409   someone else recorded first
    InputError               (ValueError)  422   naive time, unknown slug, bad text
        InputTypeError       (TypeError)   422   a value of the wrong type
        UnknownArticleError  (LookupError) 422   the document has no such clause
        CommandReusedError                 409   a command id again, with other content
    NotFoundError            (LookupError) 404   no case with that id or code
    CoverageError            (LookupError) 422   a day that the calendar does not cover
    NoWorkingTimeError       (ValueError)  500   a calendar without any working time
    UnknownCalendarError     (LookupError) 500   a deadline on a calendar the desk does not have
    UnknownRulesError        (LookupError) 500   a case under rules the desk does not have
    ClockError              (RuntimeError) 503   the desk's clock is behind the case
    DuplicateError          (RuntimeError) 409   this command was recorded before
    LeaseLostError          (RuntimeError) 409   another worker reads the feed now
    StoreError              (RuntimeError) 503   the engine failed: __cause__
        SchemaError                        500   older, newer or foreign schema
        CorruptError                       500   what is stored of a case cannot be read

The number is `http_status`, the answer of a web page to that error.

After a plain StoreError the act may have been recorded. Send it again with the same command id to
find out. After each of the others it was not recorded.

A message says which case, what is so, what was tried, which article, and what is possible.
Rule: it is made from the fields and facts, by the templates of `phananh.messages`. There are no
sentences in this file. The fields are the API, and the words may improve.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Self

import attrs

from phananh.articles import Article
from phananh.messages.labels import STAGES, STEPS, WORDS
from phananh.messages.message import Message, fact_text, put_in
from phananh.messages.refusals import find_words
from phananh.plain_data import item_to_plain, rebuild, show_fields, to_plain

# The public names; the others are told by their `code` and `http_status`.
__all__ = [
    "ActError",
    "ConflictError",
    "CorruptError",
    "CoverageError",
    "DuplicateError",
    "InputError",
    "LeaseLostError",
    "NotFoundError",
    "PhanAnhError",
    "Refusal",
    "RefusedError",
    "StepNotAllowedError",
    "StoreError",
]

_LONGEST, _LONGEST_SENTENCE = 60, 4_000
# What would end a line of a log, colour a terminal, reverse a line, or cannot be encoded. Here and
# elsewhere a pattern is a text that `re` compiles at its first use, because that takes long.
_CONTROLS = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def short_repr(value: object) -> str:
    """Return `value` as a message shows it: escaped, and cut to 60 characters."""
    try:
        text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or endless brackets
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def show_key(key: str) -> str:
    """Return a key as messages show it: "?" if it is not a name, because it may be personal."""
    return short_repr(key) if key.isascii() and key.isidentifier() else "?"


def escape_controls(text: str) -> str:
    """Return a sentence on one line, whatever outsiders put into it: a newline is shown as \\n.

    If it is longer than 4,000 characters, its middle is left out.
    """
    if len(text) > _LONGEST_SENTENCE:  # a name or key of a file may fill megabytes
        text = f"{text[: _LONGEST_SENTENCE // 2]} ... {text[-_LONGEST_SENTENCE // 4 :]}"
    return re.sub(_CONTROLS, lambda found: ascii(found[0])[1:-1], text)


def make_extra_error(
    error: ModuleNotFoundError, package: str, what: str, extra: str
) -> ModuleNotFoundError:
    """Return the error that says what needs an extra, or `error` if the package itself is there."""
    problem = f'{what} the extra "{extra}"; in a clone: pip install ".[{extra}]"'
    return ModuleNotFoundError(problem, name=package) if error.name == package else error


def find_message(code: str) -> Message:
    """Return the message of a code, whatever its area. An unknown code is its own message."""
    from phananh.messages.catalogue import MESSAGES  # loaded when a message is shown, not before

    plain = str(code).replace("{", "{{").replace("}", "}}")
    return MESSAGES.get(code, Message(plain, plain))


def word_or_slug(group: str, slug: str, lang: str) -> str:
    """Return the slug itself in English, as a program names it, and its words in Vietnamese."""
    return WORDS[group][slug][0] if lang == "vi" and slug in WORDS[group] else slug


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class PhanAnhError(Exception):
    """The base of every error that phananh raises.

    `article` is the clause behind the error, or None. `http_status` is the status of a web page
    that shows it.

    Example:
        >>> try:
        ...     desk.close(case, by=operator)
        ... except PhanAnhError as error:
        ...     print(error.http_status, error.text("vi"))
        409 PAKN HB-2504-... (đã tiếp nhận, điện thoại viên): không thể thực hiện bước kết thúc; ...
    """

    http_status: ClassVar[int] = 500
    article: Article | None = None

    def text(self, lang: str = "en") -> str:
        """Return the message in `vi` or `en`, made from the fields.

        Raises:
            InputError: `lang` is another language.
        """
        return escape_controls(self._text(check_language(lang)))

    def __repr__(self) -> str:
        """Return the class and the fields."""
        return show_fields(self)

    def __str__(self) -> str:
        """Return the message in English."""
        return escape_controls(self._text("en"))

    def _text(self, lang: str) -> str:
        code, facts = self._says(lang)
        return find_message(code).text(facts, lang)

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        """Return the code of the message and its facts. Slugs are already in words of `lang`."""
        return "error", {}

    def _fields(self) -> dict[str, Any]:
        """Return what a repr shows: all but `fresh`, which may name people."""
        fields = attrs.fields(type(self))
        return {field.name: getattr(self, field.name) for field in fields if field.repr}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by keyword, as the error was raised."""
        fields = self._fields()
        facts = fields.pop("facts", {})
        return rebuild, (type(self), {**fields, **facts})

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        code, facts = self._says("en")
        return escape_controls(find_message(code).problem(facts, "en"))

    @property
    def way_out(self) -> str:
        """What to do instead, in English, or an empty text."""
        code, facts = self._says("en")
        return escape_controls(find_message(code).way_out(facts, "en"))

    def as_dict(self, lang: str | None = "en", *, personal: bool = False) -> dict[str, Any]:
        """Return plain data: `error` (the class name), `message`, and each field by its name.

        Only `message` is in `lang`, which is `vi` or `en`. None means English too. `article` is
        the id of a clause, or None. Every error has `problem`, `way_out` (empty if there is none)
        and `code`. An InputError also has `field`. A RefusedError has `case`, `trigger` and
        `refusals`, each refusal with `vi` and `en`. The others have the fields they declare.
        """
        found = {"error": type(self).__name__, "message": self.text("en" if lang is None else lang)}
        code = self._says("en")[0]  # which is a field of some errors only
        return found | {name: to_plain(getattr(self, name, code)) for name in self._keys()}

    def _keys(self) -> tuple[str, ...]:
        own = (name for name in self._fields() if name not in ("code", "facts"))
        return *own, "problem", "way_out", "code"


class ActError(PhanAnhError, RuntimeError):
    """What the user of your application asked for was not done, and no argument was wrong.

    It was refused, or the case has no such step now, or someone else was first. Show it to them.

    Example:
        >>> try:
        ...     desk.answer(case, text="Mẫu", by=citizen)
        ... except ActError as error:  # show it to the user
        ...     print(error.text("vi"))
        PAKN HB-2504-...: không được thực hiện bước trả lời: ... không có thẩm quyền ...
    """


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class CodedError(PhanAnhError):
    """An error that has a message for its code, with the facts put into it.

    `code` names the message and `facts` holds what it needs, both for programs. `problem` and
    `way_out` are what it says in English.
    """

    code: str = attrs.field(init=False)
    facts: Mapping[str, object] = attrs.field(init=False)

    def __init__(self, *, code: str, article: Article | None = None, **facts: object) -> None:
        """Set the code and the facts of the message."""
        PhanAnhError.__init__(self, article=article)
        self.code, self.facts = code, facts

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return self.code, self.facts


def check_language(lang: object) -> str:
    """Return `vi` or `en`. Anything else is an InputError of the field `lang`."""
    if lang not in ("vi", "en"):
        raise InputError(field="lang", code="unknown_language", value=short_repr(lang))
    return str(lang)


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class InputError(CodedError, ValueError):
    """What your program passed is not valid: a naive time, an unknown slug, a NUL in a text.

    `field` names the argument or the field.

    Example:
        >>> try:
        ...     Person(id="OP-1", role="operater")
        ... except InputError as error:
        ...     print(error.field, "|", error)
        role | role: 'operater' is unknown; use one of citizen, operator, officer, ...
    """

    http_status = 422
    field: str = attrs.field(init=False)

    def __init__(self, *, field: str, code: str, **facts: Any) -> None:
        """Set the field it is about, the code and the facts of the message."""
        super().__init__(code=code, **facts)
        self.field = field

    def of_field(self, field: str) -> Self:
        """Return the same error under another name of the field, one that the reader knows."""
        return type(self)(code=self.code, field=field, article=self.article, **self.facts)

    def _text(self, lang: str) -> str:
        field, words = word_or_slug("field", self.field, lang), super()._text(lang)
        is_predicate = words.startswith(("must ", "phải "))
        return f"{field} {words}" if is_predicate else f"{field}: {words}"


class InputTypeError(InputError, TypeError):
    """A value of the wrong type. This is a `TypeError` too."""


class UnknownArticleError(InputError, LookupError):
    """An id that no clause of the document has. This is a `LookupError` too."""


class CommandReusedError(InputError):
    """A command id that was used before, with another act or another case."""

    http_status = 409


class NoWorkingTimeError(CodedError, ValueError):
    """A calendar without any working time, or without any after a certain day."""


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class CoverageError(CodedError, LookupError):
    """A day outside what the calendar covers, or, with `strict`, beyond its notices.

    `day`, `first` and `last` are ISO dates. The code says why the day is not covered.

    Example:
        >>> calendar = vietnam_calendar("VP", strict=True)
        >>> try:
        ...     calendar.add(friday.replace(year=2099), timedelta(hours=5))
        ... except CoverageError as error:
        ...     print(error.day, error.reason)
        2099-04-27 holidays are known only through 2026-12-31
    """

    http_status = 422
    calendar: str = attrs.field(init=False)
    day: str = attrs.field(init=False)
    first: str = attrs.field(init=False)
    last: str = attrs.field(init=False)

    def __init__(
        self, *, calendar: str, day: str, first: str, last: str,
        code: str = "days_unknown", **facts: Any,
    ) -> None:  # fmt: skip
        """Set the days it is about, and the code and facts of the reason."""
        super().__init__(code=code, **facts)
        self.calendar, self.day, self.first, self.last = calendar, day, first, last

    @property
    def reason(self) -> str:
        """Why the day is not covered, in English."""
        return self.problem

    @property
    def way_out(self) -> str:
        """What to do, in English, or else which days are covered."""
        return super().way_out or find_message("not_covered").way_out(self._days(), "en")

    def _days(self) -> dict[str, date | str]:
        return {name: _as_day(getattr(self, name)) for name in ("day", "first", "last")}

    def _text(self, lang: str) -> str:
        frame, said, days = find_message("not_covered"), find_message(self.code), self._days()
        why = said.problem(self.facts, lang)
        way_out = said.way_out(self.facts, lang) or frame.way_out(days, lang)
        return f"{frame.problem({**days, 'calendar': self.calendar, 'why': why}, lang)}; {way_out}"

    def _keys(self) -> tuple[str, ...]:
        days = ("calendar", "day", "first", "last")
        return "article", *days, "reason", "problem", "way_out", "code"


def _as_day(text: str) -> date | str:
    """Return the date of an ISO text, so that each language shows it its own way."""
    try:
        return date.fromisoformat(text)
    except ValueError:  # a year, or an instant that no calendar has
        return text


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class UnknownCalendarError(PhanAnhError, LookupError):
    """Deadlines name a calendar, or a version of one, that the desk does not have.

    `calendars` are the ones that are missing, and `known` those that the desk has. `deadlines`
    is how many name them, and `cases` are the ids of the first of their cases.
    """

    calendars: tuple[str, ...]
    cases: tuple[str, ...]
    deadlines: int
    known: tuple[str, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        more = ("...",) if self.deadlines > len(self.cases) else ()
        code = "calendar_unknown" if self.cases else "calendar_unknown_of_deadlines"
        return code, {**self._fields(), "cases": (*self.cases, *more)}


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class Refusal:
    """One reason why an act was refused, for the person who tried it.

    `article` is the clause. `reading` is the id of a reading, such as "R4", if the clause alone
    does not say so.
    `facts` holds only what the message needs, without the accused's identity and the sender's
    data.

    Example:
        >>> refusal = desk.allowed(case, by=citizen)["answer"][0]
        >>> print(refusal.code, refusal.article)
        wrong_role 8.1.a
        >>> refusal.text("vi")
        'tổ chức, cá nhân không có thẩm quyền thực hiện bước này'
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

    def __str__(self) -> str:
        """Return the reason in English, with its article."""
        return self.text_with_article()

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


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class NotFoundError(PhanAnhError, LookupError):
    """No case has this id or tracking code.

    `key` is what was typed if it has the form of an id, and its first letters if not.

    Example:
        >>> try:
        ...     desk.get("HB-2504-MAU")
        ... except NotFoundError as error:
        ...     print(error.http_status, error)
        404 no case 'HB...'; check each letter of the id or tracking code
    """

    http_status = 404
    key: str

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "case_unknown", {"key": short_repr(self.key)}


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class UnknownRulesError(PhanAnhError, LookupError):
    """A case was received under rules that the desk does not have (reading R47).

    `rules` is the id of that set, and `known` those of the sets that the desk has.
    """

    rules: str
    case: str
    known: tuple[str, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "rules_unknown", self._fields()


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class StepNotAllowedError(ActError):
    """The lifecycle has no such step from this state (Art. 8).

    `trigger` is the step that was tried, and `allowed` lists those that the case has now.
    `state` is its state. `holder` is the role that holds it, or None once the case was answered
    or rejected.

    Example:
        >>> try:
        ...     desk.close(case, by=operator)
        ... except StepNotAllowedError as error:
        ...     print(error.trigger, error.state, error.allowed)
        close received ('complete', 'note', 'reject', 'answer', 'escalate', ...)
    """

    http_status = 409
    case: str
    state: str
    holder: str | None
    trigger: str
    allowed: tuple[str, ...] = ()

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        code = "step_not_allowed_to_holder" if self.holder else "step_not_allowed_when_done"
        step = STEPS.get(self.trigger, self.trigger)
        stage = STAGES.get(self.state, f"a case that is {self.state}")
        return code, {
            "case": self.case,
            "step": step if lang == "en" else word_or_slug("trigger", self.trigger, lang),
            "stage": stage if lang == "en" else word_or_slug("state", self.state, lang),
            "by": word_or_slug("role", self.holder or "", lang),
            "allowed": tuple(word_or_slug("trigger", each, lang) for each in self.allowed),
        }


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class RefusedError(ActError):
    """The step exists, but not for this person, or not at this time.

    `trigger` is the step, and `refusals` lists every reason.

    Example:
        >>> try:
        ...     desk.answer(case, text="Mẫu", by=citizen)
        ... except RefusedError as error:
        ...     print(error.trigger, [refusal.code for refusal in error.refusals])
        answer ['wrong_role']
    """

    http_status = 403
    case: str
    trigger: str
    refusals: tuple[Refusal, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        reasons = "; ".join(each.text_with_article(lang) for each in self.refusals)
        step = word_or_slug("trigger", self.trigger, lang)
        return "act_refused", {"case": self.case, "step": step, "reasons": reasons}


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class ConflictError(ActError):
    """Someone else recorded an event of this case first: reload it and try again.

    `expected` is the version that your act was based on, and `actual` the one stored, or None if
    that is not known. `fresh` is the case as it is now, or None if it was not loaded, as at the end
    of a block, or is not for who acted.

    Example:
        >>> fresh = desk.note(case, text="Mẫu", by=operator)
        >>> try:
        ...     desk.note(case, text="Mẫu", by=operator)
        ... except ConflictError as error:
        ...     print(error.expected, error.actual, error.fresh == fresh)
        1 2 True
    """

    http_status = 409
    case: str
    expected: int
    actual: int | None = None
    fresh: Any = attrs.field(default=None, repr=False)

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "version_unknown" if self.actual is None else "version_differs", self._fields()

    def as_dict(self, lang: str | None = "en", *, personal: bool = False) -> dict[str, Any]:
        """Return the facts. `fresh` is always None, because the case may name people."""
        return {**super().as_dict(lang), "fresh": None}


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class ClockError(PhanAnhError, RuntimeError):
    """The desk's clock is `behind` the last event of the case, by more than is `allowed`.

    `now` and `last` are both moments in ISO 8601.
    """

    http_status = 503
    case: str
    now: str
    last: str
    behind: timedelta
    allowed: timedelta

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "clock_behind" if self.allowed else "clock_behind_at_all", self._fields()


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class DuplicateError(PhanAnhError, RuntimeError):
    """The command with this id was recorded before, so it was not recorded again.

    `case` and `version` say where it was recorded.

    Example:
        >>> case = desk.note(case, text="Mẫu", by=operator, command_id="click-1")
        >>> try:
        ...     with desk.together() as block:
        ...         _ = block.note(case.id, text="Mẫu", by=operator, command_id="click-1")
        ... except DuplicateError as error:
        ...     print(error.case == case.id, error.version)
    """

    http_status = 409
    command_id: str
    case: str
    version: int

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "command_known", {**self._fields(), "command": short_repr(self.command_id)}


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class LeaseLostError(PhanAnhError, RuntimeError):
    """Another worker has claimed the consumer since, or the lease was released.

    Example:
        >>> lease = desk.store.claim("mail", friday, friday + timedelta(minutes=1))
        >>> desk.store.release(lease)
        >>> try:
        ...     desk.store.advance(lease, "1", until=friday)
        ... except LeaseLostError as error:
        ...     print(error)
        consumer 'mail': another worker claimed it, or lease 1 was released; stop, and `claim` again
    """

    http_status = 409
    consumer: str
    number: int

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        return "lease_lost", {**self._fields(), "consumer": short_repr(self.consumer)}


_OWN = "own_words"


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class StoreError(CodedError, RuntimeError):
    """The engine failed. The act was recorded whole or not at all.

    Send it again with the same command id to find out which.

    Args:
        doing: what was being done: a code of `phananh.messages.catalogue.DOING`, or a store's own
            words, such as "loading a case".
        where: the file or server.
        code: what failed, with its facts.
        problem: what failed in the store's own words, instead of a code. They are shown as they
            are in both languages.

    Example:
        >>> from phananh.testing import FaultyStore
        >>> desk = a_desk(store=FaultyStore(fail_at=1))
        >>> try:
        ...     a_case(desk=desk)
        ... except StoreError as error:
        ...     print(error.http_status, error)
        503 while recording: the test made the call fail before it was done
    """

    http_status = 503
    where: str = attrs.field(init=False)

    def __init__(
        self, *, doing: str, where: str = "", code: str = _OWN, problem: str = "", **facts: Any
    ) -> None:
        """Set what was being done, where, and what failed, as a code with facts or in words."""
        words = {"problem": problem} if code == _OWN else {}
        super().__init__(code=code, **{"doing": doing, **words, **facts})
        self.where = where

    @property
    def doing(self) -> str:
        """What was being done, in English."""
        return self._doing("en")

    def _doing(self, lang: str) -> str:
        from phananh.messages.catalogue import DOING

        doing = str(self.facts["doing"])
        return DOING[doing].text(self.facts, lang) if doing in DOING else doing

    def _text(self, lang: str) -> str:
        doing = find_message("doing").text({"doing": self._doing(lang)}, lang)
        more = [find_message(code).text(self._fields(), lang) for code in self._more()]
        return ": ".join(filter(None, (doing, self.where, *more, super()._text(lang))))

    def _more(self) -> tuple[str, ...]:
        """Return the codes of what the message says of the class's own fields."""
        return ()

    def _keys(self) -> tuple[str, ...]:
        own = tuple(self._fields())[4:]
        return "article", "doing", "where", "problem", "way_out", *own, "code"


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class SchemaError(StoreError):
    """The store's schema is older or newer than this release needs, or of another program.

    `found` is the schema of the store, and `needed` the one that this release needs.
    """

    http_status = 500
    found: str = attrs.field(init=False)
    needed: str = attrs.field(init=False)

    def __init__(self, *, found: str, needed: str, **given: Any) -> None:
        """Set the schema that was found, and the one that is needed."""
        super().__init__(**given)
        self.found, self.needed = found, needed

    def _more(self) -> tuple[str, ...]:
        if self.found == "none":
            return ()  # the sentence says it
        return (f"schema_{self.found if self.found in ('foreign', 'unknown') else 'differs'}",)


@attrs.define(kw_only=True, eq=False, repr=False, slots=False, init=False)
class CorruptError(StoreError):
    """What is stored of a case cannot be read. The case takes no events until it is repaired.

    `version` is the one that cannot be read, or 0 if that is not known. `case` is empty if the
    damaged record does not say which case it belongs to.

    Example:
        >>> print(CorruptError(doing="loading", case=case.id, version=3, problem="not JSON"))
        while loading a case: case HB-2504-..., version 3: not JSON
    """

    http_status = 500
    case: str = attrs.field(init=False)
    version: int = attrs.field(init=False)

    def __init__(self, *, case: str, version: int, **given: Any) -> None:
        """Set the case, and the version of it that cannot be read."""
        super().__init__(**given)
        self.case, self.version = case, version

    def _more(self) -> tuple[str, ...]:
        if not self.case:
            return ()  # the damaged record does not say which case it belongs to
        return ("corrupt_event" if self.version else "corrupt_case",)
