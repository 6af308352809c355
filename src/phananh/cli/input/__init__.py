"""What is typed and read: instants, budgets, rows of a CSV, files of notices."""
