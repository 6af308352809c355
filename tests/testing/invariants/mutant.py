"""A mistake in rules, as a value."""

from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class Mutant:
    """A mistake: its number and name, what finds it, and what is given to `check`."""

    name: str
    found_by: str
    given: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the number, such as M21."""
        return self.name.split()[0]
