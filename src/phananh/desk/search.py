"""Cases by what their senders said: name, phone, e-mail, address, content (Art. 10.2.a).

There is no index of these texts: it would be a second copy of personal data, and an erasure could
not promise to find it. So a search reads through what came in, the latest cases first.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from phananh.desk.inbox import Inbox, InboxRow, make_row
from phananh.errors import InputError, check_language
from phananh.regulation.access import find_read_refusals, list_hidden
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_text, fold_marks
from phananh.regulation.request import Person, Sender
from phananh.stores.base import check_limit

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

_NUMBER = r"\+?[0-9\s.()-]+"
_NO_DIGITS = bytes(code for code in range(256) if chr(code) not in "0123456789")
_SMALL = "ăâêôơưđ" + "".join(
    normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
)
# What most texts consist of.
_CHARACTERS = (
    f"\0{''.join(map(chr, range(32, 127)))}{_SMALL}{_SMALL.upper()}"
    "\n\u2013\u2014\u2018\u2019“”…•«»°§"
)
_AT_ONCE = 50  # histories that are read together


def search_cases(desk: Desk, text: str, by: Person, lang: str, limit: int) -> Inbox:
    """Return what `Desk.search` does."""
    said, wanted = clean_text(text, field="text", limit=200), check_language(lang)
    if not fold_marks(said):  # of signs alone it would find every case
        raise InputError(field="text", code="blank_search")
    is_in, rows = _make_test(said), dict[str, InboxRow]()
    check_limit(limit)
    found = (
        case
        for case, texts in groupby(desk.store.iter_texts(), itemgetter(0))
        if is_in(" ".join(text for _, text in texts))
    )
    while len(rows) < limit and (asked := [*islice(found, _AT_ONCE)]):
        histories = desk.store.load_many(asked)
        for case in (fold(histories[each]) for each in asked if each in histories):
            if (
                len(rows) < limit
                and not find_read_refusals(case, by)
                and is_in(_list_readable(case, by))
            ):
                rows[case.id] = make_row(desk, case, by, wanted)
    return Inbox(rows=tuple(rows.values()), next=None)


def _make_test(said: str) -> Callable[[str], bool]:
    """Return what says whether a text has what is searched for."""
    if re.fullmatch(_NUMBER, said):
        digits = re.sub(r"\D", "", said)
        for prefix in ("0084", "84", "0"):
            digits = digits.removeprefix(prefix) if len(digits) > 8 else digits
        number = digits.encode()
        return lambda text: (
            number in text.encode().translate(None, _NO_DIGITS)  # which is quick, and often enough
            and digits in re.sub(r"[^\w@]|_", "", text)
        )
    words = fold_marks(said).encode().split()
    return lambda text: all(map(_fold(text).__contains__, words))


@cache
def _make_tables() -> tuple[Any, bytes]:
    """Return a byte for each of the characters, and what `fold_marks` makes of each byte."""
    folded = bytes(ord(fold_marks(each) or " ") for each in _CHARACTERS)
    return codecs.charmap_build(_CHARACTERS), folded.ljust(256)


def _fold(text: str) -> bytes:
    """Return what `fold_marks` makes of a text but for spaces, some 30 times as quick."""
    try:
        codes, folded = _make_tables()
        return codecs.charmap_encode(text, "strict", codes)[0].translate(folded)
    except UnicodeEncodeError:  # it has a rarer letter or sign
        return fold_marks(text).encode()


def _list_readable(case: Case, by: Person) -> str:
    """Return the texts of a case that a person may read."""
    hidden, sender = {*list_hidden(case, by)}, case.sender
    texts: list[object] = [] if "content" in hidden else [case.content]
    if isinstance(sender, Sender) and "sender" not in hidden:
        texts += [sender.name, sender.phone, sender.email, sender.address]
    return " ".join(each for each in texts if isinstance(each, str))
