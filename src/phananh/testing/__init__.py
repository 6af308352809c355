"""Lent to whoever tests a store or an application of theirs; nothing of phananh imports it.

conformance  the promises of a store as tests
clock        a clock set by hand
strategies   Hypothesis: instants and budgets where working time turns (extra `testing`)
calendars    Hypothesis: timetables and calendars of any kind (extra `testing`)
changes      events and changes made by hand
broken       stores with one defect each, which the suite must find
"""
