"""Every error phananh raises, what it means, and what it leaves behind.

PhanAnhError
    InputError           (ValueError)    naive time, unknown slug, bad text       nothing recorded
        CommandReusedError               a command id again, with other content   nothing recorded
    NoWorkingTimeError   (ValueError)    a calendar that never opens              nothing built
    CoverageError        (LookupError)   a day the calendar knows nothing about   nothing recorded
    UnknownCalendarError (LookupError)   a deadline on hours nobody gave          nothing recorded
    NotFoundError        (LookupError)   no case with that id or code             nothing recorded
    StepNotAllowedError  (RuntimeError)  no row for this state and trigger        nothing recorded
    RefusedError         (ValueError)    a guard objected: .refusals              nothing recorded
    ConflictError        (RuntimeError)  somebody recorded first                  nothing recorded
    DuplicateError       (RuntimeError)  this command was recorded before         nothing recorded
    StoreError           (RuntimeError)  the engine failed: __cause__             perhaps recorded
        SchemaError                      older, newer or foreign schema           nothing recorded
        CorruptError                     a stored history cannot be read          nothing recorded

A message says which case, what is so, what was tried, which article, what is possible.
It is made from the fields: the fields are the API, the words may improve.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import attrs

from phananh.articles import Article
from phananh.messages.labels import WORDS, word
from phananh.messages.message import Message, put_in
from phananh.messages.problems import told
from phananh.messages.refusals import REFUSALS
from phananh.plain_data import fields_to_plain

_LONGEST = 60


def short_repr(value: object) -> str:
    """Return `value` as it may stand in a message: escaped, and cut when long."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _rebuild(kind: type["PhanAnhError"], fields: dict[str, Any]) -> "PhanAnhError":
    return kind(**fields)


def _message(code: str) -> Message:
    from phananh.messages.catalogue import MESSAGES  # read when a person is told, not before

    return MESSAGES[code]


@attrs.define(kw_only=True, eq=False, slots=False)
class PhanAnhError(Exception):
    """The root: catching it catches everything of ours."""

    article: Article | None = None

    def __attrs_post_init__(self) -> None:
        """Leave `args` empty: the fields say everything, once."""
        self.args = ()

    def text(self, lang: str = "en") -> str:
        """Return the message, made from the fields; `lang` is `vi` or `en`, else InputError."""
        return self._text(language(lang))

    def _text(self, lang: str) -> str:
        return "lỗi của phananh" if lang == "vi" else (type(self).__doc__ or type(self).__name__)

    def __str__(self) -> str:
        """Return the message in English."""
        return self._text("en")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by keyword, all that a repr shows: `fresh` may name people and stays behind."""
        names = (field.name for field in attrs.fields(type(self)) if field.repr)
        return _rebuild, (type(self), {name: getattr(self, name) for name in names})

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return plain data: `error`, the class name; `message`; and each field by its name.

        The message alone is in `lang`, `vi` or `en`. `article` is the id of a clause, or None.
        Beside it an InputError has `field`, `problem`, `way_out`, `code`; a RefusedError `case`,
        `trigger`, `refusals`, each of these with `vi` and `en`; the others what they declare.
        """
        head = {"error": type(self).__name__, "message": self.text(lang)}
        return {**head, **fields_to_plain(self)}


@attrs.define(kw_only=True, eq=False, slots=False)
class CodedError(PhanAnhError):
    """An error whose message is looked up by a code; the facts are put into it.

    `code` names the message, `facts` holds what it needs, both for programs; `problem` and
    `way_out` are what it says in English.
    """

    code: str
    facts: Mapping[str, object] = attrs.field(factory=dict)

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        return self._message().problem(self.facts, "en")

    @property
    def way_out(self) -> str:
        """What to do instead, in English; empty where there is nothing to say."""
        return self._message().way_out(self.facts, "en")

    def _message(self) -> Message:
        return _message(self.code)

    def _text(self, lang: str) -> str:
        return self._message().text(self.facts, lang)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by keyword, as the error was raised."""
        kind, fields = super().__reduce__()[1]
        return _rebuild, (kind, {**fields, **fields.pop("facts")})

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return plain data, with `problem` and `way_out` in English and the `code`."""
        found = super().as_dict(lang)
        found.pop("facts")
        code = found.pop("code")
        return {**found, "problem": self.problem, "way_out": self.way_out, "code": code}


def language(lang: object) -> str:
    """Return `vi` or `en`; anything else is an InputError of the field `lang`."""
    if lang not in ("vi", "en"):
        raise InputError(field="lang", code="unknown_language", value=short_repr(lang))
    return str(lang)


def _named(group: str, lang: str, *slugs: str) -> str:
    """Return slugs as they are in English, as a program names them; in Vietnamese their words."""
    return ", ".join(word(group, slug, lang) if lang == "vi" else slug for slug in slugs)


@attrs.frozen(kw_only=True)
class Refusal:
    """One reason why an act is not done, told to the person who tried it.

    `facts` holds only what the message needs: never the accused's identity, never the
    sender's data.
    """

    code: str
    article: Article | None
    facts: Mapping[str, object] = attrs.field(factory=dict, hash=False)

    def text(self, lang: str = "en") -> str:
        """Return the reason in words, in `vi` or `en`; another language is an InputError."""
        vi, en = REFUSALS[self.code]
        return put_in(vi if language(lang) == "vi" else en, self.facts, lang)

    def as_dict(self) -> dict[str, Any]:
        """Return `code`, `article` (an id or None), `vi` and `en`."""
        article = self.article.id if self.article else None
        return {"code": self.code, "article": article, "vi": self.text("vi"), "en": self.text()}


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class InputError(CodedError, ValueError):
    """What was given cannot be meant: a naive time, an unknown slug, a NUL in a text."""

    field: str

    def __init__(
        self, *, code: str = "", field: str, article: Article | None = None, **facts: object
    ) -> None:
        """Keep the code, the field it is about and the facts of the message."""
        self.__attrs_init__(code=code, field=field, article=article, facts=facts)

    def of_field(self, field: str) -> Self:
        """Return the same error, of a field that the reader knows by another name."""
        return type(self)(code=self.code, field=field, article=self.article, **self.facts)

    def _message(self) -> Message:  # TRANSITION: old raise sites give sentences
        if self.code:
            return super()._message()
        problem, way_out = (str(self.facts.get(name, "")) for name in ("problem", "way_out"))
        texts = told(problem, "", "vi"), problem, told("", way_out, "vi")[2:], way_out
        return Message(*(text.replace("{", "{{").replace("}", "}}") for text in texts))

    def _text(self, lang: str) -> str:
        field = WORDS["field"].get(self.field, (self.field,))[0] if lang == "vi" else self.field
        return f"{field}: {super()._text(lang)}"


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class InputTypeError(InputError, TypeError):
    """A value of the wrong type; also a `TypeError`."""


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class CommandReusedError(InputError):
    """A command id that was used before, for another act or another case."""


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class NoWorkingTimeError(CodedError, ValueError):
    """A calendar in which no work is ever done, or none after a certain day."""

    def __init__(self, *, code: str = "", article: Article | None = None, **facts: object) -> None:
        """Keep the code and the facts of the message."""
        if not code:  # TRANSITION
            facts = {"way_out": "give the calendar at least one session that recurs", **facts}
        self.__attrs_init__(code=code, article=article, facts=facts)

    _message = InputError._message  # TRANSITION


@attrs.define(kw_only=True, eq=False, slots=False)
class CoverageError(PhanAnhError, LookupError):
    """A day outside what the calendar covers, or, with `strict`, beyond its notices."""

    calendar: str
    day: str
    first: str
    last: str
    reason: str = "no days are known there"

    def _text(self, lang: str) -> str:
        why, covered = told(self.reason, "", lang), f"covered: {self.first} to {self.last}"
        return told(f"calendar {self.calendar}: {self.day}: {why}", covered, lang)


@attrs.define(kw_only=True, eq=False, slots=False)
class UnknownCalendarError(PhanAnhError, LookupError):
    """Deadlines name a calendar, or a version of one, that the desk was not given."""

    calendars: tuple[str, ...]
    cases: tuple[str, ...]
    deadlines: int
    known: tuple[str, ...]

    def _text(self, lang: str) -> str:
        more = ", ..." if self.deadlines > len(self.cases) else ""
        cases = f"{', '.join(self.cases)}{more}" if self.cases else "a deadline"
        used = f"named by {cases} ({self.deadlines} in all)"
        known = f"but the desk knows only {', '.join(self.known) or 'none'}"
        problem = f"calendar {', '.join(self.calendars)}: {used}, {known}"
        return told(problem, "give it to the desk, as it was, in `former`", lang)


@attrs.define(kw_only=True, eq=False, slots=False)
class NotFoundError(PhanAnhError, LookupError):
    """No case answers to this id or tracking code."""

    key: str

    def _text(self, lang: str) -> str:
        problem = f"no case {short_repr(self.key)}"
        return told(problem, "check each letter of the id or tracking code", lang)


@attrs.define(kw_only=True, eq=False, slots=False)
class StepNotAllowedError(PhanAnhError, RuntimeError):
    """The lifecycle has no such step from this state (Art. 8)."""

    case: str
    state: str
    holder: str | None
    trigger: str
    allowed: tuple[str, ...] = ()

    def _text(self, lang: str) -> str:
        tried, place = _named("trigger", lang, self.trigger), _named("state", lang, self.state)
        place += f" ({_named('role', lang, self.holder)})" if self.holder else ""
        possible = _named("trigger", lang, *self.allowed)
        if lang == "vi":
            return f"hồ sơ {self.case} {place}: không có bước {tried}; có thể: {possible or '-'}"
        return f"case {self.case}: no step {tried} from {place}; allowed: {possible or 'nothing'}"


@attrs.define(kw_only=True, eq=False, slots=False)
class RefusedError(PhanAnhError, ValueError):
    """The step exists, but not for this person, or not now; every reason is listed."""

    case: str
    trigger: str
    refusals: tuple[Refusal, ...]

    def _text(self, lang: str) -> str:
        reasons = "; ".join(
            f"{r.text(lang)} ({r.article.text(lang)})" if r.article else r.text(lang)
            for r in self.refusals
        )
        if lang == "vi":
            return f"hồ sơ {self.case}: không {word('trigger', self.trigger)} được: {reasons}"
        return f"case {self.case}: {self.trigger} refused: {reasons}"


@attrs.define(kw_only=True, eq=False, slots=False)
class ConflictError(PhanAnhError, RuntimeError):
    """Somebody else recorded first; `fresh` is the case as it is now, where it was loaded."""

    case: str
    expected: int
    actual: int | None = None
    fresh: Any = attrs.field(default=None, repr=False)

    def _text(self, lang: str) -> str:
        stored = f"stored version is {'unknown' if self.actual is None else self.actual}"
        problem = f"case {self.case}: decided on version {self.expected}, {stored}"
        return told(problem, "look at the fresh case and decide again", lang)

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the facts; `fresh` is always None there, for the case may name people."""
        return {**super().as_dict(lang), "fresh": None}


@attrs.define(kw_only=True, eq=False, slots=False)
class DuplicateError(PhanAnhError, RuntimeError):
    """The command with this id was recorded before; nothing was recorded now."""

    command_id: str
    case: str
    version: int

    def _text(self, lang: str) -> str:
        where = f"recorded before, case {self.case} version {self.version}"
        return told(f"command {short_repr(self.command_id)}: {where}", "", lang)


@attrs.define(kw_only=True, eq=False, slots=False)
class StoreError(PhanAnhError, RuntimeError):
    """The engine failed; the act is whole or absent, and the same command id settles which."""

    doing: str
    where: str = ""
    problem: str = ""
    more: ClassVar[str] = ""

    def _text(self, lang: str) -> str:
        parts = (f"while {self.doing}", self.problem, self.more.format_map(vars(self)))
        doing, *said = (told(part, "", lang) for part in parts)
        return ": ".join(part for part in (doing, self.where, *said) if part)


@attrs.define(kw_only=True, eq=False, slots=False)
class SchemaError(StoreError):
    """The store's schema is older, newer or not ours."""

    found: str
    needed: str
    more = "schema {found}, needed {needed}"


@attrs.define(kw_only=True, eq=False, slots=False)
class CorruptError(StoreError):
    """A stored event cannot be read; nothing is appended to its case until it is mended."""

    case: str
    version: int
    more = "case {case}, version {version}"
