"""A method of the desk as a coroutine: the same arguments, the same result, in a thread."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

import attrs

from phananh.async_desk.threads import Threads
from phananh.desk.desk import Desk
from phananh.errors import InputTypeError, short_repr

P = ParamSpec("P")
R = TypeVar("R")


def _check_desk(_: object, field: "attrs.Attribute[Desk]", value: object) -> None:
    if not isinstance(value, Desk):
        raise InputTypeError(field=field.name, code="not_a_desk", value=short_repr(value))


def _make_threads(threads: Threads | int) -> Threads:
    return threads if isinstance(threads, Threads) else Threads(threads)


@attrs.frozen
class AsyncCore:
    """What `AsyncDesk` is made of: a desk, and the threads in which its calls run."""

    desk: Desk = attrs.field(validator=_check_desk)
    threads: Threads = attrs.field(factory=Threads, converter=_make_threads, kw_only=True)

    async def run(
        self, function: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call your own function with the desk in one thread, and return its result.

        It may do several acts. If the task is cancelled meanwhile, the function goes on to its end
        before the cancellation is raised. Outside of `together` each act is recorded by itself.

        Args:
            function: a plain function that takes the `Desk`, and then the other arguments given.
        """
        return await self.threads.run(partial(function, self.desk, *args, **kwargs))


def in_thread(
    method: Callable[Concatenate[Desk, P], R],
) -> Callable[Concatenate[AsyncCore, P], Coroutine[object, object, R]]:
    """Return the method as a coroutine function that runs it in a thread."""

    @wraps(method)
    async def call(self: AsyncCore, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.run(method, *args, **kwargs)

    return call
