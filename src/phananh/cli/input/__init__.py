"""What is typed and read: instants, budgets, calendars, rows of a CSV, files of notices."""
