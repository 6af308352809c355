"""When the calendar changes: every running limit, compared with the hours of today (R15)."""
