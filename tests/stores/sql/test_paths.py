"""What is asked of a row: each filter once, and none that another one implies."""

import pytest

from phananh.regulation.request import OPEN_STATES
from phananh.stores.base import Query
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from phananh.stores.sql.lists import find_statement, list_slices


def statements(query: Query) -> list[str]:
    """Return the statement of each part of a list."""
    return [
        find_statement(SqliteDialect(), query, part, path, after, 100)[0]
        for part, after, paths in list_slices(query)
        for path in paths
    ]


@pytest.mark.parametrize(
    ("states", "is_open"),
    [(["received"], True), ([*OPEN_STATES], True), (["closed"], False)],
)
def test_states_that_are_all_open_say_so(states, is_open):
    """Where the states asked for are all open, or all done, it is not asked a second time."""
    found = statements(Query(states=states, is_open=is_open))
    assert found
    assert not any("is_open = " in each for each in found)


@pytest.mark.parametrize(
    ("states", "is_open"),
    [(["received"], False), (["received", "closed"], True), ([], True)],
)
def test_states_that_are_not_all_open_say_nothing(states, is_open):
    """Where some state asked for contradicts, whether a case is open is asked too."""
    found = statements(Query(states=states, is_open=is_open))
    assert found or not states
    assert all("is_open = " in each for each in found)
