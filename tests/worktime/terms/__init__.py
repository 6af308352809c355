"""Terms in days: the same shelves as `phananh.worktime.terms`."""
