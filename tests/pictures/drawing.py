"""Boxes and arrows as SVG text, readable on light and dark pages and without anything fetched.

A picture brings its own card, so that its text never stands on the page: where the reader's
system is dark, the card is dark too.
"""

from collections.abc import Iterable, Sequence
from html import escape

import attrs

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
            look = "small" if n else "head"
            self.write(x + width / 2, top + n * LINE, [line], look=look, anchor="middle")

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
