"""`python -m phananh.testing conform TARGET`: the contract of a store, without pytest."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from phananh.errors import PhanAnhError
from phananh.testing.conform.errors import TargetError
from phananh.testing.conform.report import TestResult
from phananh.testing.conform.runner import first_sentence, list_tests, run_suite
from phananh.testing.conform.targets import find_suite
from phananh.testing.conformance import StoreConformance

_TARGET = """memory:, sqlite:PATH (files of its own beside PATH), postgresql://HOST/DATABASE
(schemas of its own), another address with {} for a new name, or pkg.mod:NAME of a subclass of
StoreConformance or of what makes a store"""

_TEXT = 'only tests whose name contains this text, or with "not TEXT" all others'


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m phananh.testing", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    conform = commands.add_parser("conform", help="run the contract of a store on it")
    conform.add_argument("target", help=_TARGET)
    conform.add_argument("-k", dest="text", default="", help=_TEXT)
    conform.add_argument("--json", action="store_true", help="report as JSON")
    conform.add_argument("--list", action="store_true", help="list the tests, and run none")
    conform.add_argument("--time-limit", type=float, help="seconds that a test may take at most")
    conform.add_argument("--fail-fast", action="store_true", help="stop after a test that fails")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, and return 0, 1 if a test failed or was not run, or 2 if none can be run."""
    try:
        return _run_command(argv)
    except BrokenPipeError:  # the reader has closed it, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run_command(argv: Sequence[str] | None) -> int:
    asked = _make_parser().parse_args(argv)
    try:
        suite = find_suite(asked.target)
        names = list_tests(suite, asked.text)
        if not names:
            raise TargetError(f"no test has {asked.text!r} in its name")
        if asked.time_limit:
            suite.time_limit = asked.time_limit
        ended = _list(suite, names) if asked.list else _run(suite, names, asked)
        sys.stdout.flush()
        return ended
    except (TargetError, PhanAnhError, ImportError) as error:
        print(error, file=sys.stderr)
        return 2


def _list(suite: type[StoreConformance], names: Sequence[str]) -> int:
    for name in names:
        print(f"{name}\n    {first_sentence(suite, name)}")
    return 0


def _run(suite: type[StoreConformance], names: Sequence[str], asked: argparse.Namespace) -> int:
    with _report_if_ended():
        report = run_suite(
            suite, names, target=asked.target, on_result=_show, fail_fast=asked.fail_fast
        )
    print(report.as_json() if asked.json else report.as_table())
    return 0 if report.is_conform else 1


@contextmanager
def _report_if_ended() -> Iterator[None]:
    """Treat SIGTERM, which `timeout` sends, as Ctrl-C: what was run is reported."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    process = os.getpid()

    def end(number: int, _frame: object) -> None:
        if os.getpid() == process:
            raise KeyboardInterrupt
        signal.signal(number, signal.SIG_DFL)  # a child of a test ends as it would
        os.kill(os.getpid(), number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _show(result: TestResult) -> None:
    """Tell at once how far a run has come, and in a file which tests failed."""
    if sys.stderr.isatty():
        print(f"\r{result.test:<79.79}", end="\r", file=sys.stderr)
    elif result.outcome == "failed":
        print(f"FAILED {result.test}: {result.problem}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
