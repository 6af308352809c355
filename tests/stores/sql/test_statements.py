"""Statements as a driver wants to hear them."""

import pytest

from phananh.stores.sql.statements import Speech


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "select 1 from phananh_case where version = ?",
            "select 1 from hot.phananh_case where version = %s",
        ),
        (
            "create index phananh_case_x on phananh_case (x)",
            "create index phananh_case_x on hot.phananh_case (x)",
        ),
        ("drop index phananh_case_x", "drop index hot.phananh_case_x"),
        (
            "create statistics phananh_case_x on a, b from phananh_case",
            "create statistics hot.phananh_case_x on a, b from hot.phananh_case",
        ),
        ("select '%'", "select '%%'"),
    ],
)
def test_tables_have_their_schema_and_values_their_mark(statement: str, said: str) -> None:
    """A table, statistics and an index that is dropped have the schema. A new index needs none."""
    assert Speech("%s", "hot").say(statement) == said
