"""Which notices contradict each other, and which of them counts.

The one issued later counts. An office that has put up the earlier notice can see here that it has
to take it down, without a surprising deadline.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from phananh.errors import check_language
from phananh.messages.day_texts import CONTRADICTION, DATED_RULING, DAY_KINDS, UNDATED_RULING
from phananh.messages.message import say
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.days.notices import Notice, Ruling
from phananh.worktime.phrases import cite


@attrs.frozen(kw_only=True)
class Contradiction(PlainValue):
    """A date on which two notices disagree: `holds` counts, and `yields` does not."""

    date: dt.date
    holds: Ruling
    yields: Ruling

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain = fields_to_plain(self, lang)
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en") -> str:
        """Return in a sentence, in `vi` or `en`, what each notice says and which one counts."""
        holds, yields = (
            _ruling_text(each, check_language(lang)) for each in (self.holds, self.yields)
        )
        return say(CONTRADICTION, lang, date=self.date, holds=holds, yields=yields)


def _ruling_text(ruling: Ruling, lang: str) -> str:
    notice, kind = ruling.notice, say(DAY_KINDS[ruling.day.kind], lang)
    pair = DATED_RULING if notice.issued else UNDATED_RULING
    return say(
        pair, lang, document=cite(notice.document, None, lang), issued=notice.issued, kind=kind
    )


def find_contradictions(notices: Iterable[Notice]) -> tuple[Contradiction, ...]:
    """Return the dates on which official notices disagree, in order. The last issued counts.

    Notices of one date of issue that disagree are not among them, because a calendar refuses them.
    """
    by_date: dict[dt.date, list[Ruling]] = {}
    for notice in sorted(set(notices), key=lambda n: (n.issued or dt.date.min, n.document)):
        if notice.status == "official":
            for day in notice.days:
                by_date.setdefault(day.date, []).append(Ruling(day, notice))
    return tuple(
        Contradiction(date=day, holds=rulings[-1], yields=earlier)
        for day, rulings in sorted(by_date.items())
        for earlier in rulings[:-1]
        if earlier.settles != rulings[-1].settles
    )
