"""The reply to a commit is lost on its way: the command id finds out that it was done."""

from collections.abc import Iterator

import attrs
import pytest

from phananh import Case, Desk, StoreError
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p
from tests.faults.places import make_postgres
from tests.faults.proxy import Proxy, run_proxy
from tests.faults.whole import check_whole
from tests.servers.schema import PostgresSchema

TIMES = 20
ACT, BLOCK = b"insert into", b"COMMIT"


@attrs.frozen
class Line:
    """A proxy, where it leads, and a desk whose store goes straight to the server."""

    proxy: Proxy
    dsn: str
    schema: str
    straight: Desk

    def open(self, *, retry_for: float) -> PostgresStore:
        """Return a store behind the proxy."""
        return PostgresStore(self.dsn, schema=self.schema, retry_for=retry_for, prepare=False)


@pytest.fixture
def line(postgres: PostgresSchema) -> Iterator[Line]:
    """Return a line to the server on which replies are lost."""
    place = make_postgres(postgres.dsn, postgres.name)
    with place.open() as store, run_proxy(postgres.dsn) as (proxy, dsn):
        yield Line(proxy, dsn, postgres.name, Desk(store=store, clock=p.Hand()))
        check_whole(store)


def note(desk: Desk, case: str, command: str | None) -> Case:
    """Act on a case by its id."""
    return desk.note(case, text="Đã gọi lại", by=p.OPERATOR, command_id=command)


def test_store_finds_out_by_itself(line: Line) -> None:
    """In 20 of 20 the act stands once, and the caller notices nothing but a pause."""
    with line.open(retry_for=30) as store:
        desk = Desk(store=store, clock=p.Hand())
        case = p.a_case(desk)
        for i in range(TIMES):
            line.proxy.arm(ACT)
            assert (note(desk, case.id, f"c{i}").version, line.proxy.swallowed) == (i + 2, i + 1)
        assert line.straight.get(case.id).version == TIMES + 1


def test_callers_retry_finds_out(line: Line) -> None:
    """In 20 of 20 the caller gets a StoreError, and with the same command id the first result."""
    with line.open(retry_for=0) as store:
        desk = Desk(store=store, clock=p.Hand())
        case = p.a_case(desk)
        for i in range(TIMES):
            line.proxy.arm(ACT)
            with pytest.raises(StoreError) as caught:
                note(desk, case.id, f"c{i}")
            assert caught.value.code == "server_gone"
            assert line.straight.get(case.id).version == i + 2, "it reached the server"
            assert note(desk, case.id, f"c{i}").version == i + 2
        assert (line.proxy.swallowed, line.straight.get(case.id).version) == (TIMES, TIMES + 1)


def test_act_without_an_id_is_doubled_by_a_retry(line: Line) -> None:
    """In 20 of 20 nothing tells a second act from the first, so the store tries none again."""
    with line.open(retry_for=30) as store:
        desk = Desk(store=store, clock=p.Hand())
        case = p.a_case(desk)
        for i in range(TIMES):
            line.proxy.arm(ACT)
            with pytest.raises(StoreError):
                note(desk, case.id, None)
            assert note(desk, case.id, None).version == 2 * i + 3
        assert (line.proxy.swallowed, line.straight.get(case.id).version) == (TIMES, 2 * TIMES + 1)


@pytest.mark.parametrize("retry_for", [0, 30])
def test_block_is_recorded_once(line: Line, retry_for: float) -> None:
    """In 20 of 20 a block whose commit was not answered is recorded once, all of it."""
    with line.open(retry_for=retry_for) as store:
        desk = Desk(store=store, clock=p.Hand())
        cases = [p.a_case(desk), p.a_case(desk)]

        def note_both(name: str) -> None:
            with desk.together() as d:
                for case in cases:
                    note(d, case.id, f"{name}-{case.id}")

        for i in range(TIMES):
            line.proxy.arm(BLOCK)
            if retry_for:
                note_both(f"c{i}")
            else:
                with pytest.raises(StoreError):
                    note_both(f"c{i}")
                note_both(f"c{i}")
        assert line.proxy.swallowed == TIMES
        assert [line.straight.get(case.id).version for case in cases] == [TIMES + 1] * 2


def test_receipt_is_taken_once(line: Line) -> None:
    """In 20 of 20 a complaint that was taken without an answer is taken once."""
    with line.open(retry_for=30) as store:
        desk = Desk(store=store, clock=p.Hand())
        for i in range(TIMES):
            line.proxy.arm(ACT)
            p.a_case(desk, command_id=f"c{i}")
        assert (line.proxy.swallowed, line.straight.count()) == (TIMES, TIMES)
