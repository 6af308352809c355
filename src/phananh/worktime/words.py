"""Days, dates and durations in Vietnamese and English, as explanations print them."""

from datetime import date, timedelta

_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = {
    "vi": ("giờ", "phút", "giây"),
    "en": ("h", "min", "s"),
}

# reason code: (Vietnamese, English), with {vi}/{en} the name and {other} the swapped day
_REASONS = {
    "regular": ("ngày làm việc", "working day"),
    "weekend": ("nghỉ hằng tuần", "weekly day of rest"),
    "holiday": ("nghỉ {name}", "{name}"),
    "substitute": ("nghỉ bù {name}", "substitute day for {name}"),
    "swap": ("nghỉ hoán đổi, làm bù vào {other}", "day off by swap, made up on {other}"),
    "make_up": ("làm bù cho {other}", "worked in place of {other}"),
    "notice": ("theo {source}", "by {source}"),
    "override": ("theo quy định riêng của lịch", "set by this calendar itself"),
}


def weekday(day: date, lang: str) -> str:
    """Return the name of the weekday."""
    return (_WEEKDAYS_VI if lang == "vi" else _WEEKDAYS_EN)[day.weekday()]


def short(day: date, lang: str) -> str:
    """Return day and month: `09/01` or `9 Jan`."""
    return f"{day:%d/%m}" if lang == "vi" else f"{day.day} {_MONTHS[day.month - 1]}"


def full(day: date, lang: str) -> str:
    """Return the whole date: `09/01/2026` or `2026-01-09`."""
    return f"{day:%d/%m}/{day.year:04d}" if lang == "vi" else day.isoformat()


def day_words(code: str, name: tuple[str, str], other: date | None, source: str) -> tuple[str, str]:
    """Return the reason of a day in Vietnamese and English."""
    vi, en = _REASONS[code]
    if code == "make_up" and other is None:
        vi, en = "ngày làm bù", "a make-up day"
    return (
        vi.format(name=name[0], source=source, other=_other(other, "vi")),
        en.format(name=name[1], source=source, other=_other(other, "en")),
    )


def _other(day: date | None, lang: str) -> str:
    return f"{weekday(day, lang)} {short(day, lang)}" if day else ""


def duration(span: timedelta, lang: str) -> str:
    """Return a duration in hours, minutes and seconds: `1 giờ 30 phút` or `1 h 30 min`."""
    minutes, rest = divmod(span, timedelta(minutes=1))
    seconds = f"{rest.total_seconds():.6f}".rstrip("0").rstrip(".") if rest else "0"
    numbers = (str(minutes // 60), str(minutes % 60), seconds)
    parts = [f"{n} {unit}" for n, unit in zip(numbers, _UNITS[lang], strict=True) if n != "0"]
    return " ".join(parts) or f"0 {_UNITS[lang][0]}"
