"""Reading a feed that may show a commit a little later than `load` does, in no other order."""

import time
from collections.abc import Collection

from phananh.stores.base import FeedEntry, Store
from phananh.testing.contract.harness.checks import ContractError, check
from phananh.testing.contract.harness.limits import time_left

Key = tuple[str, int]
PAUSE = 0.005  # seconds


def read_feed_with(store: Store, keys: Collection[Key]) -> list[FeedEntry]:
    """Follow the feed until it has shown these events, by case and version, and return all.

    Raises:
        ContractError: an event comes twice or before an earlier one of its case, or one of
            `keys` does not come within the time limit.
    """
    missing, entries = set(keys), list[FeedEntry]()
    while True:
        page = store.scan(entries[-1].position if entries else None, limit=50)
        entries.extend(page)
        missing -= {(entry.event.case, entry.event.n) for entry in page}
        check_order(entries)
        if not missing and not page:
            return entries
        if not page:
            wait_a_moment(f"the feed does not show {sorted(missing)}")


def wait_a_moment(reason: str) -> None:
    """Wait before something is asked again, and fail for the reason once the time is up."""
    if time_left() < 2 * PAUSE:
        raise ContractError(f"{reason}, and the time limit is over")
    time.sleep(PAUSE)


def check_order(entries: Collection[FeedEntry]) -> None:
    """Check that each case's events come once each and by version, from its first on."""
    versions: dict[str, int] = {}
    for entry in entries:
        case, n = entry.event.case, entry.event.n
        wanted = versions.get(case, 0) + 1
        check(n == wanted, f"the feed shows {case} version {n} where version {wanted} is next")
        versions[case] = n
