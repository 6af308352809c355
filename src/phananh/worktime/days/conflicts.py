"""Which notices contradict each other, and which of them holds.

The later issued holds. That it does is said here, so that nobody has to find out from a
deadline: an office that printed the earlier notice has to take it down.
"""

import datetime as dt
from collections.abc import Iterable

import attrs

from phananh.errors import language
from phananh.worktime.days.notices import Notice, Ruling


@attrs.frozen(kw_only=True)
class Contradiction:
    """A date on which two notices disagree: what holds, and what yields to it."""

    date: dt.date
    holds: Ruling
    yields: Ruling

    def text(self, lang: str = "en") -> str:
        """Return in a sentence, in `vi` or `en`, who says what and who holds."""
        said = _VI if language(lang) == "vi" else _EN
        return said.format(
            date=f"{self.date:%d/%m/%Y}" if lang == "vi" else self.date,
            holds=_ruling_text(self.holds, lang),
            yields=_ruling_text(self.yields, lang),
        )


_VI = "{date}: {holds} thay cho {yields}"
_EN = "{date}: {holds} holds, not {yields}"
_KINDS_VI = {"off": "nghỉ", "worked": "làm việc", "hours": "giờ riêng"}


def _ruling_text(ruling: Ruling, lang: str) -> str:
    notice, kind = ruling.notice, ruling.day.kind
    if lang == "vi":
        issued = f" ngày {notice.issued:%d/%m/%Y}" if notice.issued else ", không rõ ngày"
        return f"{notice.document}{issued} ({_KINDS_VI[kind]})"
    issued = f" of {notice.issued}" if notice.issued else ", undated"
    return f"{notice.document}{issued} ({kind})"


def find_contradictions(notices: Iterable[Notice]) -> tuple[Contradiction, ...]:
    """Return where official notices disagree, by date; the last issued holds.

    Notices of one date of issue that disagree never get so far: a calendar refuses them.
    """
    by_date: dict[dt.date, list[Ruling]] = {}
    for notice in sorted(set(notices), key=lambda n: (n.issued or dt.date.min, n.document)):
        if notice.status == "official":
            for day in notice.days:
                by_date.setdefault(day.date, []).append(Ruling(day, notice))
    return tuple(
        Contradiction(date=day, holds=said[-1], yields=earlier)
        for day, said in sorted(by_date.items())
        for earlier in said[:-1]
        if earlier.settles != said[-1].settles
    )
