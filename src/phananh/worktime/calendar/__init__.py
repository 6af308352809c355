"""The calendar: what each date is, the fast search, and `WorkCalendar` itself (Art. 3.2, 9)."""
