"""A mutant put in the place of functions that are loaded: quick, and the same as if imported.

A fork imports and collects the tests once, then waits. For each mutant it forks again, puts
the mutated code into the functions that have the original, and runs the tests. That is only
for lines that nothing has run by then; others are to be imported (`importing`).
"""

import gc
import marshal
from collections.abc import Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from types import CodeType, FunctionType

import attrs
import pytest

from benchmarks.mutants.forks import QUIET, fork, limit, wait

_IS_FUNCTION = 1  # CO_OPTIMIZED, which the code of a module or of a class is not
Pair = tuple[CodeType, CodeType]


def list_changed(old: CodeType, new: CodeType) -> list[Pair]:
    """Return the functions that a mutant changes, outermost first; none where others change too."""
    nested = _list_codes(old), _list_codes(new)
    pairs = zip(*nested, strict=True) if len(nested[0]) == len(nested[1]) else ()
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    inner = [each for pair in changed for each in list_changed(*pair)]
    if old.co_flags & _IS_FUNCTION:
        return [(old, new), *inner]
    same = _rest_of(old) == _rest_of(new) and len(changed) == 1
    return inner if same else []


def _list_codes(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _rest_of(code: CodeType) -> tuple[object, ...]:
    """Return what a body does, but for what the functions in it do."""
    plain = tuple((type(each), each) for each in code.co_consts if not isinstance(each, CodeType))
    names = tuple(each.co_qualname for each in _list_codes(code))
    return code.co_code, code.co_names, plain, names, code.co_exceptiontable


@attrs.define
class Collected:
    """Tests that a fork has collected, and that it runs on one mutant after the other."""

    pid: int
    connection: Connection

    def try_functions(self, pairs: list[Pair], tests: list[str]) -> int | None:
        """Return the exit code of the tests; None where no loaded function can have the code."""
        self.connection.send((marshal.dumps(pairs), tests))
        code = self.connection.recv()
        assert code is None or isinstance(code, int)
        return code

    def end(self) -> None:
        """End the fork."""
        self.connection.send(None)
        wait(self.pid)


def collect(words: Sequence[str], seconds: dict[str, float]) -> Collected:
    """Let a fork collect tests, and wait for mutants."""
    ours, theirs = Pipe()
    words = [*words, *QUIET]
    pid = fork(lambda: int(pytest.main(words, plugins=[_Server(theirs, seconds)])))
    return Collected(pid, ours)


@attrs.define
class _Server:
    """A plugin that runs chosen tests, in a fork each time, instead of all."""

    connection: Connection
    seconds: dict[str, float]
    functions: list[FunctionType] = attrs.Factory(list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        # By `type`: to be asked for its class, a lazy object of Django would make itself.
        self.functions += (each for each in gc.get_objects() if type(each) is FunctionType)
        gc.freeze()  # so that a fork does not copy everything as soon as it collects garbage
        while (asked := self.connection.recv()) is not None:
            pairs, tests = marshal.loads(asked[0]), asked[1]  # noqa: S302  # our own
            self.connection.send(self._try(session, pairs, tests))
        return True

    def _try(self, session: pytest.Session, pairs: list[Pair], tests: list[str]) -> int | None:
        found = [(each, new) for old, new in pairs for each in self._find(old)]
        if pairs and not found:
            return None
        if any(len(each.__code__.co_freevars) != len(new.co_freevars) for each, new in found):
            return None  # a function cannot have another number of outer variables
        return wait(fork(lambda: self._run(session, found, tests)))

    def _find(self, code: CodeType) -> Iterator[FunctionType]:
        return (
            each
            for each in self.functions
            if each.__code__.co_qualname == code.co_qualname and each.__code__ == code
        )

    def _run(
        self, session: pytest.Session, found: list[tuple[FunctionType, CodeType]], tests: list[str]
    ) -> int:
        for function, code in found:
            function.__code__ = code
        items = {item.nodeid: item for item in session.items}
        chosen = [items[test] for test in tests]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            with limit(self.seconds[item.nodeid]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return int(pytest.ExitCode.TESTS_FAILED)
        return int(pytest.ExitCode.OK)
