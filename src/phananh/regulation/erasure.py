"""Who may erase the personal data of a case, and when (reading R57).

The Decision does not say. An open case is owed an answer (3.1), so it is answered, rejected or
withdrawn first. One that cannot be read can be neither, so the leadership may erase it in any
state. The accused may not erase what is said of them, nor may their unit (8.1.c2). The
ground stays in the history, so it must not name the sender.
"""

from phananh.articles import Article
from phananh.errors import Refusal
from phananh.regulation.access import is_accused, is_of_accused_unit
from phananh.regulation.case import Case
from phananh.regulation.request import Person, Role

_ERASERS = (Role.LEADERSHIP, Role.OPERATOR)


def find_erasure_refusals(
    case: Case | None, by: Person, ground: str, *, is_backdated: bool = False
) -> list[Refusal]:
    """Return why a person may not erase a case. One that cannot be read is None.

    `is_backdated` means that it is entered later than it happened, which the rules refuse (R49).
    Whether the ground names the sender is said only where nothing else objects: the answer would
    help to guess who complained.
    """
    from phananh.regulation.personal_data import find_shown  # slow to load

    found = list[Refusal]()
    if case is not None and is_accused(case, by.id):
        found.append(Refusal(code="accused", article=Article("8.1.c2")))
    # Nobody can say whether an operator is accused in a case that cannot be read.
    if by.role not in (_ERASERS if case else _ERASERS[:1]):
        found.append(
            Refusal(
                code="wrong_role",
                article=Article("3.4"),
                reading="R57",
                facts={"role": by.role.value},
            )
        )
    elif not found and case is not None and is_of_accused_unit(case, by):
        found.append(Refusal(code="accused_unit", article=Article("8.1.c2"), reading="R57"))
    if case is not None and case.is_open:
        found.append(Refusal(code="still_open", article=Article("3.1"), reading="R57"))
    if is_backdated:
        found.append(Refusal(code="backdated", article=Article("9.1"), reading="R49"))
    if not found and case is not None and find_shown(case, ground):
        found.append(Refusal(code="names_sender", article=Article("10.1.b"), reading="R57"))
    return found
