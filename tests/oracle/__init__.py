"""A second, slow and obvious account of Vietnamese office hours, to hold the fast one against.

Rule 1: nothing here imports phananh, or a package that knows holidays.
Rule 2: the days are typed by hand from law and notices; the arithmetic walks day by day.

`acts` is the same for act logs, and `logs` draws some.
"""
