"""Days, dates and durations in Vietnamese and English, as explanations print them."""

import re
from datetime import date, timedelta

_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_VI = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = {
    "vi": ("giờ", "phút", "giây"),
    "en": ("h", "min", "s"),
}

# reason code: (Vietnamese, English), with {name} the holiday and {other} the swapped day
_REASONS = {
    "regular": ("ngày làm việc", "working day"),
    "weekend": ("nghỉ hằng tuần", "weekly rest"),
    "holiday": ("nghỉ {name}", "{name}"),
    "substitute": ("nghỉ bù {name}", "substitute day for {name}"),
    "swap": ("nghỉ hoán đổi, làm bù vào {other}", "day off by swap, made up on {other}"),
    "no_hours": ("chưa nêu giờ làm việc cho ngày này", "no hours are set for this day"),
    "make_up_off": (
        "bù cho {other}, là ngày cơ quan không có giờ làm việc",
        "would make up for {other}, a weekday without office hours",
    ),
    "make_up": ("làm bù cho {other}", "worked in place of {other}"),
    "notice": ("theo văn bản", "set by a notice"),
    "notice_off": ("nghỉ theo văn bản", "day off by a notice"),
    "notice_rest": ("nghỉ hằng tuần", "weekly rest"),
    "notice_usual": ("ngày làm việc bình thường", "an ordinary working day"),
    "notice_worked": ("làm việc theo văn bản", "worked by a notice"),
    "override": ("theo lịch riêng của cơ quan", "set by the office's own calendar"),
    "override_off": ("nghỉ theo lịch riêng của cơ quan", "closed by the office itself"),
}
CLOSED, OWN_HOURS = _REASONS["override_off"], _REASONS["override"]
_DOCUMENTS = {
    "CV": "Công văn",
    "TB": "Thông báo",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
}
_PREDICTOR = {
    "vi": "theo dữ liệu tham khảo (holidays)",
    "en": "from reference data (holidays)",
}
_CODE = re.compile(r"(Bộ luật Lao động \d+), Điều (\d+)(?: (khoản \d+))?")
_BEFORE_1995 = "quy định trước Bộ luật Lao động 1994"
# of a law's name: (pattern, English)
_LAWS = (
    (re.compile(_BEFORE_1995), "rules before the Labour Code of 1994"),
    (re.compile(r"Bộ luật Lao động (\d+), Điều (\d+)"), r"Labour Code \1, Article \2"),
    (re.compile(r"(?<=\d) khoản (?=\d)"), "."),
    (re.compile(r"sửa đổi bởi Luật số"), "as amended by Law"),
)


def weekday_name(day: date, lang: str) -> str:
    """Return the name of the weekday."""
    return (_WEEKDAYS_VI if lang == "vi" else _WEEKDAYS_EN)[day.weekday()]


def weekday_abbreviation(day: date, lang: str) -> str:
    """Return the weekday as calendars print it: `T2` to `CN`, or `Mon` to `Sun`."""
    return _SHORT_VI[day.weekday()] if lang == "vi" else _WEEKDAYS_EN[day.weekday()][:3]


def format_day_month(day: date, lang: str) -> str:
    """Return day and month: `09/01` or `9 Jan`."""
    return f"{day:%d/%m}" if lang == "vi" else f"{day.day} {_MONTHS[day.month - 1]}"


def format_date(day: date, lang: str) -> str:
    """Return the whole date: `09/01/2026` or `2026-01-09`."""
    return f"{day:%d/%m}/{day.year:04d}" if lang == "vi" else day.isoformat()


def cite(source: str, issued: date | None, lang: str) -> str:
    """Return a law or a document as it is cited: its kind in full, and its date of issue."""
    if source == "holidays":
        return _PREDICTOR[lang]
    if lang == "vi":
        source = _CODE.sub(_as_cited, source)
        kind, _, number = source.partition(" ")
        named = f"{_DOCUMENTS[kind]} số {number}" if kind in _DOCUMENTS else source
        return named if issued is None else f"{named} ngày {format_date(issued, lang)}"
    for pattern, english in _LAWS:
        source = pattern.sub(english, source)
    return source if issued is None else f"{source} of {format_date(issued, lang)}"


def _as_cited(law: re.Match[str]) -> str:
    """Put an article before its code, as a citation runs from small to large."""
    code, article, clause = law.groups()
    return f"{clause} Điều {article} {code}" if clause else f"Điều {article} {code}"


def day_reason(
    day: date, code: str, *, name: tuple[str, str], other: date | None
) -> tuple[str, str]:
    """Return the reason of a day in Vietnamese and English; `other` is swapped with it."""
    vi, en = _REASONS[code]
    if code == "make_up" and other is None:
        vi, en = "ngày làm bù", "a make-up day"
    return (
        vi.format(name=re.sub("^Ngày", "ngày", name[0]), other=_other(day, other, "vi")),
        en.format(name=name[1], other=_other(day, other, "en")),
    )


def _other(day: date, other: date | None, lang: str) -> str:
    if other is None:
        return ""
    form = format_day_month if other.year == day.year else format_date
    return f"{weekday_name(other, lang)} {form(other, lang)}"


def format_duration(span: timedelta, lang: str) -> str:
    """Return a duration in hours, minutes and seconds: `1 giờ 30 phút` or `1 h 30 min`."""
    minutes, rest = divmod(span, timedelta(minutes=1))
    seconds = f"{rest.total_seconds():.6f}".rstrip("0").rstrip(".") if rest else "0"
    seconds = seconds.replace(".", ",") if lang == "vi" else seconds
    numbers = (str(minutes // 60), str(minutes % 60), seconds)
    parts = [f"{n} {unit}" for n, unit in zip(numbers, _UNITS[lang], strict=True) if n != "0"]
    return " ".join(parts) or f"0 {_UNITS[lang][0]}"
