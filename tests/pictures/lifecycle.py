"""The states of a case and the steps between them, drawn from the rows of the lifecycle."""

from textwrap import wrap

from phananh.cli.commands.lifecycle import merge_labels
from phananh.messages.labels import word
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE
from phananh.regulation.request import State
from tests.pictures.drawing import Drawing, Point

WIDE = 250
# Where the upper left corner of each state is, its look, and how many lines it has room for.
PLACES: dict[State, tuple[float, float, str, int]] = {
    State.RECEIVED: (30, 92, "box", 4),
    State.ESCALATED: (510, 92, "box", 4),
    State.PENDING_VERIFICATION: (990, 92, "box", 4),
    State.OVERDUE: (990, 290, "late", 5),
    State.REJECTED: (30, 490, "plain", 1),
    State.ANSWERED: (510, 490, "over", 4),
    State.CLOSED: (990, 490, "over", 4),
}
S = State
# How each arrow runs, and where its words begin. A step that the table has and this has not fails.
ROUTES: dict[tuple[State, State], tuple[tuple[Point, ...], Point]] = {
    (S.RECEIVED, S.ESCALATED): (((280, 112), (510, 112)), (290, 52)),
    (S.ESCALATED, S.RECEIVED): (((510, 144), (280, 144)), (360, 161)),
    (S.ESCALATED, S.PENDING_VERIFICATION): (((760, 112), (990, 112)), (780, 105)),
    (S.PENDING_VERIFICATION, S.ESCALATED): (((990, 144), (760, 144)), (774, 161)),
    (S.RECEIVED, S.REJECTED): (((70, 174), (70, 490)), (78, 240)),
    (S.RECEIVED, S.ANSWERED): (((260, 174), (260, 440), (540, 440), (540, 490)), (310, 433)),
    (S.OVERDUE, S.RECEIVED): (((990, 342), (225, 342), (225, 174)), (310, 335)),
    (S.ESCALATED, S.ANSWERED): (((575, 174), (575, 490)), (583, 240)),
    (S.ESCALATED, S.OVERDUE): (((720, 174), (720, 310), (990, 310)), (810, 303)),
    (S.OVERDUE, S.ANSWERED): (((990, 360), (720, 360), (720, 490)), (810, 378)),
    (S.OVERDUE, S.PENDING_VERIFICATION): (((1015, 290), (1015, 174)), (1023, 268)),
    (S.PENDING_VERIFICATION, S.OVERDUE): (((1215, 174), (1215, 290)), (1083, 205)),
    (S.ANSWERED, S.CLOSED): (((760, 531), (990, 531)), (766, 524)),
    (S.REJECTED, S.CLOSED): (((155, 521), (155, 602), (1115, 602), (1115, 572)), (310, 595)),
}
# The title, and the line above the states.
WORDS = {
    "en": (
        "The states of a case, and the steps between them",
        "A case begins as received (7.1). The steps in a box leave it in that state.",
    ),
    "vi": (
        "Các trạng thái và các bước chuyển trạng thái",
        "Bắt đầu từ đã tiếp nhận (7.1). Các bước trong một ô không đổi trạng thái.",
    ),
}


def draw(lang: str = "en") -> str:
    """Return the picture of the lifecycle."""
    title, above = WORDS[lang]
    picture = Drawing(1270, 630, title)
    picture.write(30, 28, [above], look="small")
    for (source, dest), words in merge_labels(lang).items():
        if source is not dest:
            points, (x, y) = ROUTES[source, dest]
            picture.arrow(*points)
            picture.write(x, y, words, look="label")
    for state, (x, y, kind, room) in PLACES.items():
        name = word("state", state.value, lang)
        picture.box(x, y, WIDE, [name, *staying(state, lang)], kind=kind, room=room)
    return picture.svg()


def staying(state: State, lang: str) -> list[str]:
    """Return the steps that leave a case in its state, as lines."""
    rows = (row for row in LIFECYCLE if state in row.sources and row.dest in (SAME_STATE, state))
    names = dict.fromkeys(word("trigger", row.trigger, lang) for row in rows)
    return wrap(", ".join(names), 36)
