"""Small defects, one at a time, in the rules, the calendar and the desk: do the tests see them?"""
