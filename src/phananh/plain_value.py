"""The base of every value: `as_dict`, plain data that JSON can hold."""

from typing import Any

from phananh.errors import check_language
from phananh.plain_data import fields_to_plain


class PlainValue:
    """A value that has `as_dict`."""

    __slots__ = ()

    def as_dict(self, lang: str | None = None, *, personal: bool = False) -> dict[str, Any]:
        """Return the value as plain data, ready for JSON.

        Instants are ISO 8601, amounts of time whole microseconds (`budget_us`), slugs and
        clauses texts.

        Args:
            lang: `vi` or `en` adds words: `state_text` beside `state`. By default there are none.
            personal: include what can name people outside the offices. What was erased is
                then `{"erased": True, "length": ...}`.

        Raises:
            InputError: `lang` is another language.
        """
        return self._to_plain(None if lang is None else check_language(lang), personal=personal)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the value as plain data, with a language that was checked."""
        return fields_to_plain(self, lang, personal=personal)
