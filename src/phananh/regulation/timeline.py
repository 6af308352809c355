"""What happened to a case, a sentence for each event, with the texts for one reader (R40).

Whoever works on the case reads every text. The citizen reads what citizens wrote, and what they
were told: an answer, guidance, the reason of a later time, what was published. Somebody of the
accused's unit reads nothing that the sender wrote, notes of others only while they hold the
case, and of these and the other texts those that do not name the sender (R40), as far as a second
is enough to compare them: the last ones of a very long history are left out. Any number of a phone,
card or account, e-mail or plate may be the sender's. What people of that unit wrote is not
compared, because they could note names to see which is left out: what they wrote since is for its
author, and for who holds the case. What a unit did about its staff is for the centre and that unit
alone.
Contact and tracking code are no part of it: the case has them.
"""

from collections.abc import Callable, Mapping
from copy import copy
from itertools import accumulate, repeat
from typing import Any

import attrs

from phananh.regulation.access import (
    is_holder,
    is_of_accused_unit,
    may_read_outcome,
)
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import fold_id, is_same_id
from phananh.regulation.events import (
    Answered,
    Completed,
    Event,
    LapseLifted,
    Noted,
    OutcomeReported,
    Published,
    Received,
    Rejected,
    Rescheduled,
    list_personal,
    tell_event,
)
from phananh.regulation.request import Accused, Holder, Person, Role

Names = Mapping[str, str] | Callable[[str], str | None]
_TOLD = (Rejected, Answered, Rescheduled, Published)
_NO_TEXTS = ("sender", "code")
_NAMED = ("id", "unit", "about_unit")
_MOST_COMPARED = 300_000  # characters of texts, which take a second
_PER_SENDER = 150  # characters that take as long as one sender, of whom each text takes two more


def tell_history(
    case: Case, history: tuple[Event, ...], lang: str, *, names: Names | None, for_: Person | None
) -> tuple[str, ...]:
    """Return the sentence of each event, in order, with the texts that `for_`, a reader, may read.

    `names` gives the display name of a member of the staff or a unit by its id.
    """
    known = (
        {fold_id(key): name for key, name in names.items()} if isinstance(names, Mapping) else {}
    )

    is_near = for_ is not None and is_of_accused_unit(case, for_)
    beside, left = case.deciding_instants, _MOST_COMPARED
    cases = (
        accumulate(history[1:], lambda c, e: fold((e,), onto=c), initial=fold(history[:1]))
        if is_near
        else repeat(case)
    )

    def find_name(key: str) -> str | None:
        return names(key) if callable(names) else known.get(fold_id(key))

    def is_shown(event: Event, then: Case, text: str) -> bool:
        nonlocal left
        found = for_ is not None and _is_for(for_, case, event, then)
        if found is not None:
            return found
        from phananh.regulation.personal_data import is_nobodys  # slow to load

        left -= len(text) + _PER_SENDER * (3 + len(case.former_senders))
        return left > 0 and is_nobodys(case, text)

    def tell(event: Event, then: Case) -> str:
        told = _name_people(event, find_name)
        # Its documents stand in the sentence.
        if (
            is_near
            and isinstance(event, LapseLifted)
            and not is_shown(event, then, "; ".join(event.documents))
        ):
            object.__setattr__(told, "documents", ())
        sentence = tell_event(told, lang, personal=False, beside=beside)
        texts = list_personal(event, lang, without=_NO_TEXTS)
        return "".join((sentence, *(each for each in texts if is_shown(event, then, each))))

    return tuple(map(tell, history, cases))


def _is_for(reader: Person, case: Case, event: Event, then: Case) -> bool | None:
    """Return whether a reader of a case may read the texts of an event, None if it depends.

    `then` is the case as the event left it.
    """
    is_of_sender = isinstance(event, Received | Completed) or event.by.role is Role.CITIZEN
    if reader.role is Role.CITIZEN:
        return is_of_sender or isinstance(event, _TOLD)
    if isinstance(event, OutcomeReported):  # not compared, as its author could try names
        return may_read_outcome(case, event.unit, reader)
    if not is_of_accused_unit(case, reader):
        return True
    by = event.by if isinstance(event.by, Person) and is_of_accused_unit(case, event.by) else None
    # What an operator notes, or another unit, may be what the sender said by phone.
    is_call = isinstance(event, Noted) and (event.by.role is Role.OPERATOR or by is None)
    if is_of_sender or (is_call and not is_holder(case, reader)):
        return False
    if by is not None:
        # Not compared, as it could be a guess.
        is_own = is_holder(case, reader) and is_same_id(by.unit, reader.unit) and not is_call
        return (is_own or is_same_id(by.id, reader.id)) and is_of_accused_unit(then, by)
    return None


def _name_people(value: Any, find_name: Callable[[str], str | None]) -> Any:
    """Return a copy of an event, or of a person in it, that has names in place of ids."""
    told = copy(value)
    for field in attrs.fields(type(value)):
        item = getattr(value, field.name)
        if isinstance(item, str) and field.name in _NAMED:
            item = find_name(item) or item
        elif isinstance(item, Person | Holder) and item.role is not Role.CITIZEN:
            item = _name_people(item, find_name)
        elif field.name == "accused" and item:
            item = tuple(Accused(unit=find_name(each.unit) or each.unit) for each in item)
        object.__setattr__(told, field.name, item)
    return told
