"""The states of a case and the steps between them, drawn from the rows of the lifecycle."""

from textwrap import wrap

from phananh.cli.output.diagram import merge_labels
from phananh.messages.labels import word
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE
from phananh.regulation.values.request import State
from tests.pictures.drawing import Drawing, Point

WIDE = 250
# Where the upper left corner of each state is, and its look.
PLACES: dict[State, tuple[float, float, str]] = {
    State.RECEIVED: (30, 84, "box"),
    State.ESCALATED: (510, 84, "box"),
    State.PENDING_VERIFICATION: (990, 84, "box"),
    State.OVERDUE: (990, 290, "late"),
    State.REJECTED: (30, 490, "plain"),
    State.ANSWERED: (510, 490, "over"),
    State.CLOSED: (990, 490, "over"),
}
S = State
# How each arrow runs, and where its words begin. A step that the table has and this has not fails.
ROUTES: dict[tuple[State, State], tuple[tuple[Point, ...], Point]] = {
    (S.RECEIVED, S.ESCALATED): (((280, 98), (510, 98)), (290, 58)),
    (S.ESCALATED, S.RECEIVED): (((510, 122), (280, 122)), (360, 138)),
    (S.ESCALATED, S.PENDING_VERIFICATION): (((760, 98), (990, 98)), (785, 92)),
    (S.PENDING_VERIFICATION, S.ESCALATED): (((990, 122), (760, 122)), (795, 138)),
    (S.RECEIVED, S.REJECTED): (((70, 132), (70, 490)), (78, 250)),
    (S.RECEIVED, S.ANSWERED): (((220, 132), (220, 440), (540, 440), (540, 490)), (310, 433)),
    (S.OVERDUE, S.RECEIVED): (((990, 342), (165, 342), (165, 132)), (310, 335)),
    (S.ESCALATED, S.ANSWERED): (((575, 149), (575, 490)), (583, 240)),
    (S.ESCALATED, S.OVERDUE): (((720, 149), (720, 310), (990, 310)), (810, 303)),
    (S.OVERDUE, S.ANSWERED): (((990, 360), (720, 360), (720, 490)), (810, 378)),
    (S.OVERDUE, S.PENDING_VERIFICATION): (((1020, 290), (1020, 149)), (1028, 262)),
    (S.PENDING_VERIFICATION, S.OVERDUE): (((1210, 149), (1210, 290)), (1112, 192)),
    (S.ANSWERED, S.CLOSED): (((760, 514), (990, 514)), (770, 507)),
    (S.REJECTED, S.CLOSED): (((155, 521), (155, 590), (1115, 590), (1115, 538)), (310, 583)),
}


def draw() -> str:
    """Return the picture of the lifecycle."""
    picture = Drawing(1270, 620, "The states of a case, and the steps between them")
    picture.write(
        30,
        34,
        ["A case begins as received (7.1). The steps in a box leave it in that state."],
        look="small",
    )
    for (source, dest), words in merge_labels("en").items():
        if source is not dest:
            points, (x, y) = ROUTES[source, dest]
            picture.arrow(*points)
            picture.write(x, y, words, look="label")
    for state, (x, y, kind) in PLACES.items():
        picture.box(x, y, WIDE, [word("state", state.value, "en"), *staying(state)], kind=kind)
    return picture.svg()


def staying(state: State) -> list[str]:
    """Return the steps that leave a case in its state, as lines."""
    rows = (row for row in LIFECYCLE if state in row.sources and row.dest in (SAME_STATE, state))
    names = dict.fromkeys(word("trigger", row.trigger, "en") for row in rows)
    return wrap(", ".join(names), 36)
