"""The states of a case and the steps between them, drawn from the rows of the lifecycle.

A picture brings its own card, so that its text never stands on the page: where the reader's
system is dark, the card is dark too. It fetches nothing.
"""

from collections.abc import Iterable, Sequence
from html import escape
from textwrap import wrap

import attrs

from phananh.cli.commands.lifecycle import merge_labels
from phananh.messages.labels import word
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE
from phananh.regulation.request import OPEN_STATES, State

LINE = 17  # pixels from one line of text to the next
Point = tuple[float, float]
STYLE = """
text { font: 13px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: #1c2733; }
.card { fill: #ffffff; stroke: #d5dce3; }
.box { fill: #eaf2fa; stroke: #5b8fc4; } .late { fill: #fdecea; stroke: #c4473b; }
.over { fill: #e9f5ee; stroke: #3f8f63; } .plain { fill: #f3f5f7; stroke: #8a96a3; }
.head { font-weight: 600; } .small { font-size: 12px; fill: #55636f; }
.arrow { fill: none; stroke: #55636f; stroke-width: 1.4; } .tip { fill: #55636f; }
.label { font-size: 12px; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .card { fill: #151b22; stroke: #2c3640; }
.box { fill: #1d3148; stroke: #62adea; } .late { fill: #47211e; stroke: #ff9a90; }
.over { fill: #1b3a2a; stroke: #7ddba3; } .plain { fill: #222a33; stroke: #8a96a3; }
.small { fill: #a3b1be; } .arrow { stroke: #a3b1be; } .tip { fill: #a3b1be; }
.label { stroke: #151b22; }
}
"""

TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>'
)

WIDE = 250
# Where the upper left corner of each state is, its look, and how many lines it has room for.
PLACES: dict[State, tuple[float, float, str, int]] = {
    State.RECEIVED: (30, 92, "box", 4),
    State.ESCALATED: (510, 92, "box", 4),
    State.PENDING_VERIFICATION: (990, 92, "box", 4),
    State.OVERDUE: (990, 290, "late", 6),
    State.REJECTED: (30, 490, "plain", 1),
    State.ANSWERED: (510, 490, "over", 5),
    State.CLOSED: (990, 490, "over", 5),
}
S = State
# How each arrow runs, and where its words begin. A step that the table has and this has not fails.
ROUTES: dict[tuple[State, State], tuple[tuple[Point, ...], Point]] = {
    (S.RECEIVED, S.ESCALATED): (((280, 112), (510, 112)), (290, 52)),
    (S.ESCALATED, S.RECEIVED): (((510, 144), (280, 144)), (360, 161)),
    (S.ESCALATED, S.PENDING_VERIFICATION): (((760, 112), (990, 112)), (780, 105)),
    (S.PENDING_VERIFICATION, S.ESCALATED): (((990, 144), (760, 144)), (774, 161)),
    (S.RECEIVED, S.REJECTED): (((40, 174), (40, 490)), (48, 240)),
    (S.RECEIVED, S.ANSWERED): (((260, 174), (260, 440), (525, 440), (525, 490)), (310, 433)),
    (S.OVERDUE, S.RECEIVED): (((990, 342), (225, 342), (225, 174)), (310, 318)),
    (S.ESCALATED, S.ANSWERED): (((545, 174), (545, 490)), (553, 240)),
    (S.ESCALATED, S.OVERDUE): (((720, 174), (720, 310), (990, 310)), (810, 303)),
    (S.OVERDUE, S.ANSWERED): (((990, 360), (720, 360), (720, 490)), (810, 378)),
    (S.OVERDUE, S.PENDING_VERIFICATION): (((1015, 290), (1015, 174)), (1023, 268)),
    (S.PENDING_VERIFICATION, S.OVERDUE): (((1215, 174), (1215, 290)), (1083, 205)),
    (S.ANSWERED, S.CLOSED): (((760, 531), (990, 531)), (766, 524)),
    (S.REJECTED, S.RECEIVED): (((195, 490), (195, 174)), (112, 390)),
    (S.OVERDUE, S.ESCALATED): (((990, 326), (700, 326), (700, 174)), (553, 300)),
    (S.REJECTED, S.CLOSED): (((155, 521), (155, 610), (1115, 610), (1115, 589)), (310, 603)),
}
# Told above the states, as an arrow for each would hide the others.
TOLD = {*((source, S.CLOSED) for source in OPEN_STATES), (S.CLOSED, S.RECEIVED)}
# The title, and the lines above the states.
WORDS = {
    "en": (
        "The states of a case, and the steps between them",
        "A case begins as received (7.1). The steps in a box leave it in that state. The sender "
        "can withdraw an open case, which closes it.\n"
        "The leadership can lift a lapse in any state, and reopen a case that was closed after a "
        "refusal. A unit that was notified can report the outcome, and what is public be "
        "unpublished.",
    ),
    "vi": (
        "Các trạng thái và các bước chuyển trạng thái",
        "Bắt đầu từ đã tiếp nhận (7.1). Các bước trong một ô không đổi trạng thái. Tổ chức, cá "
        "nhân rút thì kết thúc. Nội dung đã công khai có thể gỡ.\n"
        "Lãnh đạo Trung tâm có thể bỏ đánh dấu trễ hạn ở mọi trạng thái, "
        "và mở lại khi đã kết thúc vì không tiếp nhận. Cơ quan, đơn vị đã được thông báo có thể "
        "báo cáo kết quả xử lý.",
    ),
}


@attrs.define
class Drawing:
    """A card, to which boxes and arrows are added in order."""

    width: int
    height: int
    title: str
    parts: list[str] = attrs.field(factory=list)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        lines: Sequence[str],
        *,
        kind: str = "box",
        room: int = 0,
    ) -> None:
        """Add a box whose upper left corner is at x, y; its first line is its name.

        With `room` it is as high as that many lines need, and its lines are in the middle.
        """
        room = room or len(lines)
        height = LINE * room + 14
        self.parts.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="7"/>'
        )
        top = y + 20 + LINE * (room - len(lines)) / 2
        for n, line in enumerate(lines):
            self.write(
                x + width / 2,
                top + n * LINE,
                [line],
                look="small" if n else "head",
                anchor="middle",
            )

    def write(
        self, x: float, y: float, lines: Iterable[str], *, look: str, anchor: str = "start"
    ) -> None:
        """Add lines of text, the first of which stands on y."""
        for n, line in enumerate(lines):
            where = f'x="{x}" y="{y + n * LINE}" text-anchor="{anchor}"'
            self.parts.append(f'<text class="{look}" {where}>{escape(line)}</text>')

    def arrow(self, *points: Point) -> None:
        """Add a line through the points, with a tip at its end."""
        path = " ".join(f"{x},{y}" for x, y in points)
        self.parts.append(f'<polyline class="arrow" points="{path}" marker-end="url(#tip)"/>')

    def svg(self) -> str:
        """Return the picture as a document that stands alone."""
        width, height = self.width, self.height
        head = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        card = f'x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {head}>',
            f"<title>{escape(self.title)}</title>",
            f"<style>{STYLE}</style>",
            TIP,
            f'<rect class="card" {card}/>',
            *self.parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def draw(lang: str = "en") -> str:
    """Return the picture of the lifecycle."""
    title, above = WORDS[lang]
    picture = Drawing(1270, 630, title)
    picture.write(30, 18, above.split("\n"), look="small")
    for (source, dest), words in merge_labels(lang).items():
        if source is not dest and (source, dest) not in TOLD:
            points, (x, y) = ROUTES[source, dest]
            picture.arrow(*points)
            picture.write(x, y, words, look="label")
    for state, (x, y, kind, room) in PLACES.items():
        name = word("state", state.value, lang)
        picture.box(x, y, WIDE, [name, *staying(state, lang)], kind=kind, room=room)
    return picture.svg()


def staying(state: State, lang: str) -> list[str]:
    """Return the steps that leave a case in its state, as lines."""
    rows = (
        row
        for row in LIFECYCLE
        if state in row.sources
        and row.dest in (SAME_STATE, state)
        and row.trigger != "lift_lapse"  # told above, as it is possible everywhere
        and not row.requires  # told above, as it is possible where its step was taken
    )
    return wrap(", ".join(dict.fromkeys(word("trigger", row.trigger, lang) for row in rows)), 36)
