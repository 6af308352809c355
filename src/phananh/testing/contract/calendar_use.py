"""Contract: list_calendars() says which versions of calendars the running limits name."""

import attrs

from phananh.regulation.deadline import Deadline
from phananh.regulation.request import Holder, Role
from phananh.stores.base import CalendarUse, Change, Store
from phananh.stores.index_row import SHOWN
from phananh.testing.contract.base import ContractTests, check
from phananh.testing.contract.comparison import check_same
from phananh.testing.sample_events import (
    OFFICER_DESK,
    answered,
    change,
    deadline,
    escalated,
    received,
)

NEWER = attrs.evolve(deadline(), version="2020.1")
OTHER = attrs.evolve(deadline(), calendar="vn-clinic")
SAME_UNIT = ("Sở Y tế", "SỞ Y TẾ", "sở y tế")
CLINIC = Holder(role=Role.AGENCY, id=None, unit="Sở Y tế")


def make_running(case: str, clock: Deadline, holder: Holder = OFFICER_DESK) -> Change:
    """Return a new case with a limit that runs on that calendar."""
    return change(received(case), escalated(case, 2, clock=clock, holder=holder))


def describe(store: Store) -> set[tuple[str, str, Role | None, str | None, int]]:
    """Return each use without its rows, to compare."""
    used = store.list_calendars()
    found = {(use.calendar, use.version, use.holder, use.unit, use.deadlines) for use in used}
    check(len(found) == len(used), f"a use is listed twice: {used}")
    return found


class CalendarUseTests(ContractTests):
    """Which calendars must not be lost."""

    def test_lists_the_calendars_of_running_limits(self) -> None:
        """Each calendar, version, role and unit is one line that says how many limits name it."""
        store = self.new_store(
            make_running("HB-1", deadline()),
            make_running("HB-2", NEWER),
            make_running("HB-3", deadline()),
            make_running("HB-4", OTHER, CLINIC),
            make_running("HB-5", OTHER),
        )
        wanted = {
            ("vn-office", "2019.1", Role.OFFICER, "VP-UBND", 2),
            ("vn-office", "2020.1", Role.OFFICER, "VP-UBND", 1),
            ("vn-clinic", "2019.1", Role.AGENCY, "Sở Y tế", 1),
            ("vn-clinic", "2019.1", Role.OFFICER, "VP-UBND", 1),
        }
        check(describe(store) == wanted, f"listed are {describe(store)}")

    def test_no_other_case_names_a_calendar(self) -> None:
        """A case that was answered, or had no limit, keeps no calendar in use."""
        store = self.new_store(
            change(received("HB-1")),
            change(received("HB-2"), escalated("HB-2", 2, clock=deadline()), answered("HB-2", 3)),
        )
        check(store.list_calendars() == (), f"listed are {describe(store)}")

    def test_lists_what_is_so_now(self) -> None:
        """A limit that was set anew names the new calendar, and one that stopped names none."""
        first, second = received("HB-1"), escalated("HB-1", 2, clock=deadline())
        third = escalated("HB-1", 3, clock=NEWER)
        store = self.new_store(change(first, second))
        store.commit([change(third, after=(first, second))])
        wanted = {("vn-office", "2020.1", Role.OFFICER, "VP-UBND", 1)}
        check(describe(store) == wanted, f"listed are {describe(store)}")
        store.commit([change(answered("HB-1", 4), after=(first, second, third))])
        check(store.list_calendars() == (), f"listed are {describe(store)}")

    def test_units_compare_folded(self) -> None:
        """A unit that is written in several ways is one use of a calendar."""
        holders = [Holder(role=Role.AGENCY, id=None, unit=unit) for unit in SAME_UNIT]
        store = self.new_store(
            *(make_running(f"HB-{i}", deadline(), each) for i, each in enumerate(holders))
        )
        found = [use.deadlines for use in store.list_calendars()]
        check_same([len(SAME_UNIT)], found, "the limits of one unit")

    def test_names_the_first_cases_of_a_calendar(self) -> None:
        """The rows are those of the first few cases by id, however many there are."""
        names = [f"HB-{i}" for i in range(SHOWN + 2)]
        store = self.new_store(*(make_running(case, deadline()) for case in reversed(names)))
        (use,) = store.list_calendars()
        check(isinstance(use, CalendarUse), f"{use!r} is no CalendarUse")
        found = [row.case for row in use.rows]
        check_same(names[:SHOWN], found, "the cases of the rows")
        check_same(len(names), use.deadlines, "the number of limits")
