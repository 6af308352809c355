"""What is public of answers, as the pages and the feeds of it show it (Art. 2.2)."""

from threading import Lock
from typing import Any

import attrs

from phananh import Desk
from phananh.events import PersonalDataErased, PublicationWithdrawn, Published
from phananh.office import list_publications
from phananh.regulation.cleaning import fold_marks

NEWS = (Published, PublicationWithdrawn, PersonalDataErased)
READ_AT_ONCE = 5_000  # events of the feed


@attrs.define
class Results:
    """The published answers by case, the newest last, each with its text to search in.

    Each process has its own. After the first look it reads only what the feed has since.
    """

    found: dict[str, tuple[Any, str]] = attrs.field(factory=dict)
    position: str | None = None
    turn: Any = attrs.field(factory=Lock)

    def read(self, desk: Desk, text: str = "") -> Any:
        """Return the publications that have these words, the newest first."""
        with self.turn:
            has_more = True
            while has_more:
                piece = desk.feed(after=self.position, events=NEWS, limit=READ_AT_ONCE)
                changed = {entry.event.case for entry in piece.entries}
                for case in changed:
                    self.found.pop(case, None)
                for each in reversed(list_publications(desk, cases=changed).published):
                    self.found[each.case] = each, fold_marks(f"{each.text} {each.case}")
                self.position, has_more = piece.next, piece.has_more
            known = [*reversed(self.found.values())]
        words = fold_marks(text).split()
        published = tuple(each for each, folded in known if all(word in folded for word in words))
        return attrs.evolve(list_publications(desk, cases=()), published=published)
