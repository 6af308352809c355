"""A test that takes `every_store` is run on each store that there is.

A suite that says `shares_statements` runs on an engine on which another store runs the same
statements. Of it `make test` asks what depends on its driver and transactions, and `make slow` all.
Of one that says `has_own_collation` it asks how names are compared too.
No quick test grows to a thousand cases.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.stores.every import EVERY, new_store

SMOKE = (
    "test_a_closed_store_loses_nothing", "test_acts_and_leases_beside_erasures_are_not_lost",
    "test_changed_event_is_a_corrupt_error", "test_changed_row_is_named_on_its_page",
    "test_declares_what_it_is_tested_for", "test_erased_bytes_are_gone",
    "test_every_personal_text_is_erased_and_nothing_else", "test_every_type_of_event_comes_back",
    "test_feed_is_in_the_order_of_commits_and_resumes_anywhere",
    "test_follower_of_the_feed_misses_nothing",
    "test_instants_come_back_from_1900_to_2199",
    "test_no_call_ends_the_transaction", "test_one_of_racing_changes_is_recorded",
    "test_one_of_racing_processes_wins", "test_one_of_racing_workers_has_the_lease",
    "test_others_see_nothing_before_the_end", "test_position_of_a_consumer_joins_the_transaction",
    "test_positions_ahead_of_the_feed_are_refused", "test_refusals_leave_the_application_its_work",
    "test_repeated_command_is_a_duplicate_before_any_conflict",
    "test_wait_for_others_ends",
)  # fmt: skip
NAMES = "test_names_are_compared_letter_by_letter"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make slow` what another suite asks of the same statements."""
    for item in items:
        suite = getattr(item, "cls", None)
        asked = (*SMOKE, NAMES) if getattr(suite, "has_own_collation", False) else SMOKE
        if (getattr(suite, "shares_statements", False) and item.name not in asked) or (
            item.name == "test_grows_to_a_thousand_cases"
        ):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(params=EVERY)
def every_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn, empty."""
    with new_store(request.param, request, tmp_path) as store:
        yield store
