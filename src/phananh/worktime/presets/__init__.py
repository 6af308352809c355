"""Named office hours with their sources, and the Vietnamese calendars made from them."""

from phananh.worktime.presets.office_hours import PRESETS, Preset
from phananh.worktime.presets.vietnam_calendar import vietnam_calendar

__all__ = ["PRESETS", "Preset", "vietnam_calendar"]
