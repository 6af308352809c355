"""Cases by what their senders said: name, phone, e-mail, address, content (Art. 10.2.a).

There is no index of these texts: it would be a second copy of personal data, and an erasure could
not promise to find it. So a search reads through what came in, the latest cases first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from phananh.errors import InputError, check_language
from phananh.regulation.access import find_read_refusals, list_hidden
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_text, fold_marks
from phananh.regulation.request import Person, Sender
from phananh.stores.base import check_limit

if TYPE_CHECKING:
    from phananh.desk.desk import Desk
    from phananh.desk.inbox import Inbox

_NUMBER = r"\+?[\d\s.()-]+"
_AT_ONCE = 50  # histories that are read together


def search(desk: Desk, text: str, *, by: Person, lang: str = "en", limit: int = 20) -> Inbox:
    """Return the cases with these words, the latest first, that a person may read.

    Each word must stand in the content, or in the sender's name, address or e-mail, as far as the
    person may read them. Vietnamese marks and capitals do not matter. A phone number is found
    however it is written, with +84 or 0.

    Args:
        text: at most 200 characters, one word or more.
        by: who searches.
        lang: the language of the time left.
        limit: rows, at most. There is no next page: more words find fewer cases.

    Raises:
        InputError: no text to search for.
    """
    from phananh.desk.inbox import Inbox, InboxRow, make_row  # slow to load

    said, wanted = clean_text(text, field="text", limit=200), check_language(lang)
    if not fold_marks(said):  # of signs alone it would find every case
        raise InputError(field="text", code="blank_search")
    is_in, rows, asked = _make_test(said), list[InboxRow](), list[str]()
    check_limit(limit)

    def read_asked() -> None:
        histories = desk.store.load_many(asked)
        for case in (fold(histories[each]) for each in asked if each in histories):
            is_shown = not find_read_refusals(case, by) and is_in(_list_readable(case, by))
            if is_shown and len(rows) < limit:
                rows.append(make_row(desk, case, by, wanted))
        asked.clear()

    for case, found in desk.store.iter_texts():
        if is_in(found) and case not in asked:
            asked.append(case)
        if len(asked) == _AT_ONCE:
            read_asked()
        if len(rows) == limit:
            break
    read_asked()
    return Inbox(rows=tuple({row.case: row for row in rows}.values()), next=None)


def _make_test(said: str) -> Callable[[str], bool]:
    """Return what says whether a text has what is searched for."""
    if re.fullmatch(_NUMBER, said):
        digits = re.sub(r"\D", "", said)
        for prefix in ("0084", "84", "0"):
            digits = digits.removeprefix(prefix) if len(digits) > 8 else digits
        return lambda text: digits in re.sub(r"[^\w@]|_", "", text)
    words = fold_marks(said).split()
    return lambda text: all(each in told for told in (fold_marks(text),) for each in words)


def _list_readable(case: Case, by: Person) -> str:
    """Return the texts of a case that a person may read."""
    hidden, sender = {*list_hidden(case, by)}, case.sender
    texts: list[object] = [] if "content" in hidden else [case.content]
    if isinstance(sender, Sender) and "sender" not in hidden:
        texts += [sender.name, sender.phone, sender.email, sender.address]
    return " ".join(each for each in texts if isinstance(each, str))
