"""Durations in words: one way of each in each language."""

from datetime import timedelta

from phananh.worktime.durations import format_duration


def test_a_duration_says_only_what_is_there():
    """Nothing is nought of the largest unit; a fraction of a second has the comma of its tongue."""
    assert format_duration(timedelta(), "vi") == "0 giờ"
    assert format_duration(timedelta(hours=1, seconds=1.5), "vi") == "1 giờ 1,5 giây"
    assert format_duration(timedelta(hours=1, minutes=30), "en") == "1 h 30 min"
