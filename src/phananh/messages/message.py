"""A message by its code: Vietnamese and English side by side, facts put in (both languages).

Rule 1: both sentences take the same facts. A test checks every table.
Rule 2: a fact is data. A date is shown day first in Vietnamese and as ISO 8601 in English, an
instant by its own clock to the minute or finer, a duration in hours, a slug of a known group by its
words, several values as a list. No code parses a sentence.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from phananh.messages.labels import GROUP_OF_FACT, TYPES, UNITS, WORDS

# Lists of these are joined by "or", because one is enough. All other lists are joined by "and".
_ANY_OF = frozenset({"role", "holder", "needed"})


class Message(NamedTuple):
    """What is wrong and the way out in both languages. The way out may be empty."""

    vi: str
    en: str
    way_vi: str = ""
    way_en: str = ""

    def problem(self, facts: Mapping[str, object], lang: str) -> str:
        """Return what is wrong, in `vi` or `en`."""
        return put_in(self.vi if lang == "vi" else self.en, facts, lang)

    def way_out(self, facts: Mapping[str, object], lang: str) -> str:
        """Return the way out, in `vi` or `en`, or an empty text if there is none."""
        return put_in(self.way_vi if lang == "vi" else self.way_en, facts, lang)

    def text(self, facts: Mapping[str, object], lang: str) -> str:
        """Return both in one sentence."""
        problem, way_out = self.problem(facts, lang), self.way_out(facts, lang)
        return f"{problem}; {way_out}" if way_out else problem


def in_english(en: str, way_en: str = "") -> Message:
    """Return a message that only programmers meet, which is the same in both languages."""
    return Message(en, en, way_en, way_en)


def put_in(template: str, facts: Mapping[str, object], lang: str) -> str:
    """Return a template with its facts, worded in `vi` or `en`."""
    beside = [fact for fact in facts.values() if isinstance(fact, datetime)]
    told = {name: fact_text(name, fact, lang, beside) for name, fact in facts.items()}
    return template.format_map(told)


def say(pair: tuple[str, str], lang: str, **facts: object) -> str:
    """Return the text of a pair (Vietnamese, English) in one language, with its facts."""
    return put_in(pair[0 if lang == "vi" else 1], facts, lang)


def fact_text(name: str, fact: object, lang: str, beside: Iterable[datetime] = ()) -> str:
    """Return a fact as a sentence in `vi` or `en` shows it, with these instants beside it."""
    if isinstance(fact, date) and not isinstance(fact, datetime):
        return f"{fact:%d/%m}/{fact.year:04d}" if lang == "vi" else fact.isoformat()
    if isinstance(fact, datetime):
        return instant_text(fact, lang, beside)
    if isinstance(fact, timedelta):
        sign = "-" if fact < timedelta() else ""
        return sign + " ".join(list_parts(abs(fact), lang, short=True))
    if isinstance(fact, Exception) and hasattr(fact, "text"):  # an error of phananh as a fact
        return str(fact.text(lang))
    if isinstance(fact, tuple | list):
        each = ", ".join(fact_text(name, each, lang) for each in fact)
        return each or ("không có" if lang == "vi" else "none")
    return _in_words(name, fact, lang) if isinstance(fact, str) else str(fact)


def instant_text(
    at: datetime, lang: str, beside: Iterable[datetime] = (), *, in_cell: bool = False
) -> str:
    """Return an instant to the minute, or finer where another one beside it would read the same.

    A cell in Vietnamese has `16:00 05/03/2025`, and a sentence `16 giờ 00 phút ngày 05/3/2025`.
    """
    others = [each.astimezone(at.tzinfo).replace(tzinfo=None) for each in beside if each != at]
    shown, at = "", at.replace(tzinfo=None)
    for fineness in ("minutes", "seconds", "microseconds"):
        shown = at.isoformat(" ", fineness)
        if all(each.isoformat(" ", fineness) != shown for each in others):
            break
    if lang != "vi":
        return shown
    clock = shown.split()[1].replace(".", ",")
    if in_cell:
        return f"{clock} {fact_text('', at.date(), lang)}"
    units = zip(clock.split(":"), ("giờ", "phút", "giây"), strict=False)
    month = at.month if at.month > 2 else f"{at:%m}"
    return f"{' '.join(map(' '.join, units))} ngày {at:%d}/{month}/{at.year:04d}"


def list_parts(span: timedelta, lang: str, *, short: bool = False) -> list[str]:
    """Return `1 giờ`, `30 phút`: the units of an amount of time, without those that are zero."""
    minutes, seconds = divmod(span, timedelta(minutes=1))
    fine = f"{seconds.total_seconds():.6f}".rstrip("0").rstrip(".") if seconds else "0"
    numbers = (str(minutes // 60), str(minutes % 60), fine)
    return [
        f"{n.replace('.', ',')} {vi}"
        if lang == "vi"
        else f"{n} {brief if short else one if n == '1' else several}"
        for n, (vi, one, several, brief) in zip(numbers, UNITS, strict=True)
        if n != "0"
    ]


def _in_words(name: str, value: str, lang: str) -> str:
    """Return a slug, or several with bars between them, in words, and another text as it is.

    If a value is not to be shown, the text is the name of its type.
    """
    if name == "value" and value in TYPES:
        return TYPES[value][0 if lang == "vi" else 1]
    group = GROUP_OF_FACT.get(name)
    if group is None:
        return value
    words, index = WORDS[group], 0 if lang == "vi" else 1
    parts = [words[part][index] if part in words else part for part in value.split("|")]
    vi, en = (" hoặc ", " or ") if name in _ANY_OF else (" và ", " and ")
    return (vi if lang == "vi" else en).join(parts)
