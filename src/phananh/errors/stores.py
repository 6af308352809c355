"""Errors of a store: its engine failed, its schema is another, or an event cannot be read."""

from typing import Any

import attrs

from phananh.errors.base import CodedError, find_message

_OWN = "own_words"


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class StoreError(CodedError, RuntimeError):
    """The engine failed. The act was recorded whole or not at all.

    Send it again with the same command id to find out which.

    Args:
        doing: what was being done: a code of `phananh.messages.doing.DOING`, or a store's own
            words, such as "loading a case".
        where: the file or server.
        code: what failed, with its facts.
        problem: what failed in the store's own words, instead of a code. They are shown as they
            are in both languages.
    """

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
        from phananh.messages.doing import DOING

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


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class SchemaError(StoreError):
    """The store's schema is older or newer than this release needs, or of another program.

    `found` is the schema of the store, and `needed` the one that this release needs.
    """

    found: str = attrs.field(init=False)
    needed: str = attrs.field(init=False)

    def __init__(self, *, found: str, needed: str, **given: Any) -> None:
        """Set the schema that was found, and the one that is needed."""
        super().__init__(**given)
        self.found, self.needed = found, needed

    def _more(self) -> tuple[str, ...]:
        if self.found == "none":
            return ()  # the sentence says it
        known = ("foreign", "unknown")
        return (f"schema_{self.found if self.found in known else 'differs'}",)


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class CorruptError(StoreError):
    """What is stored of a case cannot be read. The case takes no events until it is repaired.

    `version` is the one that cannot be read, or 0 if that is not known. `case` is empty if the
    damaged record does not say which case it belongs to.
    """

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
