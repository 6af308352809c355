"""For tests of a store or an application of your own; nothing else of phananh imports it.

conformance    the contract of a store as tests
clock          a clock that you set
strategies     Hypothesis: instants and budgets at the edges of working time (extra `testing`)
calendars      Hypothesis: timetables and calendars of any kind (extra `testing`)
sample_events  events and changes made by hand
"""
