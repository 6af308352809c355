"""A consumer's handler that keeps the entries it was given, and fails if a test wants it to.

`Desk.consume` hands each entry over at least once, in the order of the feed. Your worker relies on
both, so a test gives it entries twice, and looks at the result.
"""

from collections.abc import Callable, Collection, Iterable

from phananh.desk.consume import check_plain_handler
from phananh.errors import InputTypeError, short_repr
from phananh.regulation.events import Event
from phananh.stores.base import FeedEntry
from phananh.testing.arguments import list_given, require_call

Key = tuple[str, int]


class IntendedError(RuntimeError):
    """The failure that a test asked a handler for."""


class RecordingHandler:
    """A handler for `Desk.consume` that keeps every entry, also those on which it fails.

    `given` are the entries of all calls, in order. `handled` are those of the calls that returned.

    Args:
        fail_at: the numbers of the calls that fail, counted from 1: one number, or several.
        fail_on: the classes of events on which every call fails, until `heal`.
        inner: your own handler, called before an entry counts as handled.

    Raises:
        InputError: `fail_at` has what is no number of a call.
        InputTypeError: `fail_on` has what is no class of events, or `inner` is no handler.
    """

    def __init__(
        self,
        *,
        fail_at: int | Collection[int] = (),
        fail_on: Collection[type[Event]] = (),
        inner: Callable[[FeedEntry], object] | None = None,
    ) -> None:
        """Start without entries."""
        self.given: list[FeedEntry] = []
        self.handled: list[FeedEntry] = []
        self._fail_at = frozenset(_list_calls(fail_at))
        self._fail_on = _list_classes(fail_on)
        if inner is not None:
            check_plain_handler("inner", inner)
        self._inner = inner

    def __repr__(self) -> str:
        """Return how many entries were given and handled, and what fails."""
        fails = [f"call {n}" for n in sorted(self._fail_at)]
        fails += [kind.__name__ for kind in self._fail_on]
        counts = f"{len(self.given)} entries given, {len(self.handled)} handled"
        return f"<RecordingHandler: {counts}{', fails at ' if fails else ''}{', '.join(fails)}>"

    def __call__(self, entry: FeedEntry) -> None:
        """Keep the entry, and raise `IntendedError` if this call is to fail."""
        self.given.append(entry)
        if len(self.given) in self._fail_at or isinstance(entry.event, self._fail_on):
            raise IntendedError(f"call {len(self.given)} fails, as the test asked: {_show(entry)}")
        if self._inner is not None:
            self._inner(entry)
        self.handled.append(entry)

    def heal(self) -> None:
        """Fail no more."""
        self._fail_at, self._fail_on = frozenset(), ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """Case and number of each event that was given, repetitions too."""
        return tuple(map(_key, self.given))

    @property
    def repeated(self) -> tuple[Key, ...]:
        """Case and number of each event that was given more than once, in order."""
        keys = self.keys
        return tuple(key for key in dict.fromkeys(keys) if keys.count(key) > 1)

    def check_delivery(self, entries: Iterable[FeedEntry]) -> None:
        """Check that each of the entries was handled, in their order, and that no other was given.

        An entry may have been given several times. An entry that was given for the first time came
        after all those before it in `entries`.

        Args:
            entries: the entries to be delivered, such as `desk.feed().entries`.

        Raises:
            AssertionError: an entry is missing, was not handled, or came too early.
        """
        expected, first_given = [*map(_key, entries)], [*dict.fromkeys(self.keys)]
        never = [key for key in expected if key not in {*map(_key, self.handled)}]
        if never:
            raise AssertionError(f"never handled: {_list_keys(never)}")
        if first_given != expected:
            raise AssertionError(
                f"delivered in the order {_list_keys(first_given)}, not {_list_keys(expected)}"
            )


def _list_calls(given: int | Collection[int]) -> tuple[int, ...]:
    numbers = (given,) if isinstance(given, int) else list_given(given, field="fail_at")
    for number in numbers:
        require_call(number, field="fail_at")
    return numbers


def _list_classes(given: Collection[type[Event]]) -> tuple[type[Event], ...]:
    kinds = list_given(given, field="fail_on")
    for kind in kinds:
        if not isinstance(kind, type) or not issubclass(kind, Event):
            value = short_repr(kind)
            raise InputTypeError(field="fail_on", code="not_a_class_of_events", value=value)
    return kinds


def _key(entry: FeedEntry) -> Key:
    return entry.event.case, entry.event.n


def _show(entry: FeedEntry) -> str:
    return f"{type(entry.event).__name__} {entry.event.case}/{entry.event.n}"


def _list_keys(keys: Iterable[Key]) -> str:
    return ", ".join(f"{case}/{n}" for case, n in keys) or "nothing"
