"""Input that is typed or read: instants, budgets, calendars, rows of a CSV, files of notices."""
