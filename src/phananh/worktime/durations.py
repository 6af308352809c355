"""Amounts of time in words, and what is left until a due instant, or over since (Art. 9).

The limits of the Regulation are in hours of work, and so is what is left of them: "còn 3 giờ làm
việc".
"""

from datetime import timedelta

from phananh.errors import check_language
from phananh.messages.labels import ENGLISH_WORK, TIME_LEFT
from phananh.messages.message import list_parts, say

_MINUTE = timedelta(minutes=1)


def format_duration(span: timedelta, lang: str) -> str:
    """Return a duration in hours, minutes and seconds: `1 giờ 30 phút` or `1 h 30 min`."""
    return " ".join(list_parts(span, lang, short=True)) or ("0 giờ" if lang == "vi" else "0 h")


def due_text(lang: str) -> str:
    """Return in words that something is due now."""
    return say(TIME_LEFT["due"], check_language(lang))


def time_left_text(
    amount: timedelta, lang: str = "en", *, side: str = "left", fine: bool = True
) -> str:
    """Return in words that `amount` is `left` or `over`.

    Args:
        amount: working time, zero or more.
        lang: `vi` or `en`.
        side: `left`, before something is due, or `over`, after it.
        fine: whether seconds are shown. Without it there are whole minutes, or "less than one".
    """
    if not amount:
        return say(TIME_LEFT[f"{side}_none"], check_language(lang))
    if not fine:
        amount -= amount % _MINUTE
        if not amount:
            return say(TIME_LEFT[f"{side}_brief"], check_language(lang))
    words = _amount(list_parts(amount, check_language(lang)), lang)
    return say(TIME_LEFT[side], lang, amount=words)


def amount_text(amount: timedelta, lang: str = "en") -> str:
    """Return `5 giờ làm việc` or `5 working hours`."""
    words = _amount(list_parts(amount, check_language(lang)), lang)
    return say(TIME_LEFT["amount"], lang, amount=words)


def _amount(parts: list[str], lang: str) -> str:
    """Return an amount of work. English has "working hours", or "of working time" for several."""
    parts = parts or ["0 giờ" if lang == "vi" else "0 hours"]
    amount = " ".join(parts)
    if lang == "vi":
        return amount
    number, unit = parts[0].split(" ")
    alone = len(parts) == 1 and unit.startswith("hour")
    return ENGLISH_WORK[0 if alone else 1].format(number=number, unit=unit, amount=amount)
