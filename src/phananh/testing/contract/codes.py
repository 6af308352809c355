"""Contract: a tracking code belongs to one case, even if several begin at the same moment."""

from functools import partial

from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Query
from phananh.testing.contract.base import ContractTests, check, expect_error, run_together
from phananh.testing.contract.comparison import check_same
from phananh.testing.sample_events import change, completed, received


class CodeTests(ContractTests):
    """Tracking codes."""

    def test_one_of_simultaneous_codes_is_recorded(self) -> None:
        """Of six threads that begin cases with one tracking code, one does: 20 times."""
        store = self.new_store()
        handles = [self.close_later(self.connect(store)) for _ in range(6)]
        for i in range(20):
            names = [f"HB-{i}-{k}" for k in range(6)]
            calls = [
                partial(handle.commit, [change(received(name, code_digest=f"code-{i}"))])
                for handle, name in zip(handles, names, strict=True)
            ]
            outcomes = run_together(calls)
            refused = [each for each in outcomes if type(each) is StoreError]
            check(
                outcomes.count(None) == 1 and len(refused) == 5,
                f"of six cases with one code, one should begin: {outcomes}",
            )
            found = [row.case for row in store.find(Query(code=f"code-{i}")).rows]
            check_same([names[outcomes.index(None)]], found, f"the cases of code-{i}")
            begun = [name for name in names if store.load(name)]
            check_same(found, begun, "the cases that have a history")

    def test_code_of_a_refused_change_is_free(self) -> None:
        """A code that came with a refused change may be another case's."""
        first = received("HB-1", code_digest="one")
        store = self.new_store(change(first))
        expect_error(ConflictError, store, change(received("HB-1", code_digest="two")))
        check_same((), store.find(Query(code="two")).rows, "the rows of a refused code")
        store.commit([change(received("HB-2", code_digest="two"))])
        found = [row.case for row in store.find(Query(code="two")).rows]
        check_same(["HB-2"], found, "the cases of the code")

    def test_code_stays_with_its_case(self) -> None:
        """A case goes on under the code it began with, beside others that begin and go on."""
        store = self.new_store()
        firsts = [received(f"HB-{i}", code_digest=f"code-{i}") for i in range(5)]
        for first in firsts:
            store.commit([change(first)])
        for first in firsts:
            store.commit([change(completed(first.case, 2), after=(first,))])
        for i, first in enumerate(firsts):
            found = [row.case for row in store.find(Query(code=f"code-{i}")).rows]
            check_same([first.case], found, f"the cases of code-{i}")
