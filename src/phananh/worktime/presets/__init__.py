"""Named office hours with their sources; one TOML file each, in `hours`."""

from phananh.worktime.presets.presets import PRESETS, Preset, vietnam_calendar

__all__ = ["PRESETS", "Preset", "vietnam_calendar"]
