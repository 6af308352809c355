"""Calls that run at the same moment, a thread each; one that never ends is reported."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from phananh.testing.contract.harness.limits import describe_thread, make_limit_error, time_left


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, a thread each; return results and errors in order.

    Raises:
        ContractError: some did not end within the time limit. Their threads are left alone.
    """
    start = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(i: int, call: Callable[[], Any]) -> None:
        try:
            start.wait()
            outcomes[i] = call()
        except BaseException as error:  # noqa: BLE001  # it is the outcome, and is looked at
            outcomes[i] = error

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(time_left())
    if running := [thread for thread in threads if thread.is_alive()]:
        places = ", ".join(sorted({describe_thread(thread) for thread in running}))
        raise make_limit_error(f"{len(running)} of {len(threads)} threads are still in {places}")
    return outcomes
