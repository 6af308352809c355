"""Hours, days and notices in files: TOML and iCalendar, in and out."""
