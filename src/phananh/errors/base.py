"""What every error has: fields, a message made of them in two languages, plain data, pickling.

Rule: there are no sentences here. Each is a template of `phananh.messages`, by the error's code.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

import attrs

from phananh.articles import Article
from phananh.messages.labels import WORDS
from phananh.messages.message import Message
from phananh.plain_data import rebuild, to_plain

_LONGEST, _LONGEST_SENTENCE = 60, 4_000
# What would end a line of a log, colour a terminal, reverse a line, or cannot be encoded.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def short_repr(value: object) -> str:
    """Return `value` as a message shows it: escaped, and cut to 60 characters."""
    try:
        text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or endless brackets
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def escape_controls(text: str) -> str:
    """Return a sentence on one line, whatever outsiders put into it: a newline is shown as \\n.

    If it is longer than 4,000 characters, its middle is left out.
    """
    if len(text) > _LONGEST_SENTENCE:  # a name or key of a file may fill megabytes
        text = f"{text[: _LONGEST_SENTENCE // 2]} ... {text[-_LONGEST_SENTENCE // 4 :]}"
    return _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text)


def find_message(code: str) -> Message:
    """Return the message of a code, whatever its area. An unknown code is its own message."""
    from phananh.messages.catalogue import MESSAGES  # loaded when a message is shown, not before

    if code in MESSAGES:
        return MESSAGES[code]
    plain = str(code).replace("{", "{{").replace("}", "}}")
    return Message(plain, plain)


def word_or_slug(group: str, slug: str, lang: str) -> str:
    """Return the slug itself in English, as a program names it, and its words in Vietnamese."""
    return WORDS[group][slug][0] if lang == "vi" and slug in WORDS[group] else slug


@attrs.define(kw_only=True, eq=False, slots=False)
class PhanAnhError(Exception):
    """The base of every error that phananh raises.

    `article` is the clause behind the error, or None.
    """

    article: Article | None = None

    def text(self, lang: str = "en") -> str:
        """Return the message in `vi` or `en`, made from the fields.

        Raises:
            InputError: `lang` is another language.
        """
        return escape_controls(self._text(check_language(lang)))

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
        shown = (field.name for field in attrs.fields(type(self)) if field.repr)
        return {name: getattr(self, name) for name in shown}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by keyword, as the error was raised."""
        return rebuild, (type(self), self._fields())

    def as_dict(self, lang: str | None = "en", *, personal: bool = False) -> dict[str, Any]:
        """Return plain data: `error` (the class name), `message`, and each field by its name.

        Only `message` is in `lang`, which is `vi` or `en`. None means English too. `article` is
        the id of a clause, or None. Every error has `problem`, `way_out` (empty if there is none)
        and `code`. An InputError also has `field`. A RefusedError has `case`, `trigger` and
        `refusals`, each refusal with `vi` and `en`. The others have the fields they declare.
        """
        found = {"error": type(self).__name__, "message": self.text("en" if lang is None else lang)}
        found |= {name: to_plain(getattr(self, name)) for name in self._keys()}
        return found if "way_out" in found else {**found, **self._describe()}

    def _describe(self) -> dict[str, str]:
        """Return what is wrong, the way out and the code of a message made from the fields."""
        code, facts = self._says("en")
        message = find_message(code)
        problem, way_out = message.problem(facts, "en"), message.way_out(facts, "en")
        shown = {"problem": escape_controls(problem), "way_out": escape_controls(way_out)}
        return {**shown, "code": code}

    def _keys(self) -> tuple[str, ...]:
        return tuple(self._fields())


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
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

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        return escape_controls(self._message().problem(self.facts, "en"))

    @property
    def way_out(self) -> str:
        """What to do instead, in English, or an empty text."""
        return escape_controls(self._message().way_out(self.facts, "en"))

    def _message(self) -> Message:
        return find_message(self.code)

    def _text(self, lang: str) -> str:
        return self._message().text(self.facts, lang)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by keyword, as the error was raised."""
        fields = self._fields()
        facts = fields.pop("facts")
        return rebuild, (type(self), {**fields, **facts})

    def _keys(self) -> tuple[str, ...]:
        own = (name for name in self._fields() if name not in ("code", "facts"))
        return *own, "problem", "way_out", "code"


def check_language(lang: object) -> str:
    """Return `vi` or `en`. Anything else is an InputError of the field `lang`."""
    if lang not in ("vi", "en"):
        raise InputError(field="lang", code="unknown_language", value=short_repr(lang))
    return str(lang)


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class InputError(CodedError, ValueError):
    """An argument is not valid: a naive time, an unknown slug, a NUL in a text.

    `field` names the argument or the field.
    """

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


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class InputTypeError(InputError, TypeError):
    """A value of the wrong type. This is a `TypeError` too."""


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class UnknownArticleError(InputError, LookupError):
    """An id that no clause of the document has. This is a `LookupError` too."""


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class CommandReusedError(InputError):
    """A command id that was used before, with another act or another case."""
