"""A ministry's limits in working days: python examples/ministry_terms/ministry_terms.py"""

from datetime import datetime
from zoneinfo import ZoneInfo

from phananh import Term, vietnam_calendar

OFFICE = vietnam_calendar("A")
# what came, where the circular says so (Điều, khoản, điểm), what is to be done, and within what
LIMITS = {
    "conduct": ("13, 1", "passed to the unit", Term.working_days(2)),
    "not ours": ("13, 2, a", "sender told where to go", Term.working_days(2)),
    "rule": ("13, 2, b", "result", Term.working_days(5)),
    "rule, by the system": ("13, 2, b", "result", Term.working_days(3)),
    "rule, complex": ("13, 2, c", "result", Term.working_days(10)),
}
RECEIVED = ("2026-01-09 15:00", "2026-02-13 16:00", "2026-02-18 09:00", "2026-08-20 17:45")


def vietnam(text: str) -> datetime:
    """Return a time by the clock on the wall in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


for text in RECEIVED:
    print(f"received {vietnam(text):%a %d %b %Y %H:%M}")
    for kind, (place, act, term) in LIMITS.items():
        expiry = term.expiry(vietnam(text), on=OFFICE)
        print(f"  {kind:<20}{act:<25}{term.text('en'):<17}by {expiry.last_day:%a %d %b}  ({place})")
    print()

rule = LIMITS["rule"][2].expiry(vietnam(RECEIVED[1]), on=OFFICE)
print(rule.text("en"))
print()
for now in ("2026-02-24 08:00", "2026-02-27 18:00", "2026-03-02 08:00"):
    at = vietnam(now)
    print(f"{now}  {rule.time_left_text(at, 'vi')} / {rule.time_left_text(at)}")
