"""The order of tests: as pytest runs a class, that of the bases first and then as written."""


def list_test_names(suite: type) -> tuple[str, ...]:
    """Return the names of all tests of a suite, in the order in which pytest runs them."""
    seen: set[str] = set()
    groups: list[list[str]] = []
    for each in suite.__mro__:
        own = [name for name in vars(each) if name.startswith("test_") and name not in seen]
        seen.update(own)
        groups.append(own)
    return tuple(name for group in reversed(groups) for name in group)
