"""Warnings for hours that are counted outside the time they are known for."""

from datetime import datetime

from phananh.cli.context import RunContext
from phananh.worktime import PRESETS
from phananh.worktime.localtime import VIETNAM


def warn_of_validity(context: RunContext, hours: str, at: datetime) -> None:
    """Say beside the output that a preset is not known for an instant."""
    preset = PRESETS.get(hours)
    if preset is None:
        return
    day = at.astimezone(VIETNAM).date()
    facts = {"name": hours, "place": context.pick(preset.place, preset.place_en)}
    if preset.valid_from and day < preset.valid_from:
        context.warn("hours_before_validity", day=preset.valid_from, **facts)
    if preset.merged_on and day >= preset.merged_on:
        into, merged = preset.merged_into, preset.merged_on
        context.warn("hours_after_merger", day=merged, into=into, **facts)
