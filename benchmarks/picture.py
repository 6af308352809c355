"""Small charts as SVG text: logarithmic axes, lines and dots, readable on light and dark pages.

A picture brings its own card: where the page is dark and the reader's system says so, the card
is dark too, and either way its text stands on the card and never on the page.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import attrs

COLOURS = ("blue", "red", "green", "violet", "brown", "grey")
STYLE = """
text { font: 13px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #24292f; }
.card { fill: #ffffff; stroke: #d0d7de; } .title { font-weight: 600; font-size: 15px; }
.small { font-size: 12px; fill: #57606a; } .grid { stroke: #e4e8ec; } .span { stroke: #c4ccd4; }
.goal { stroke: #8c959f; stroke-dasharray: 5 4; fill: none; }
circle { fill-opacity: 0.8; } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.blue { stroke: #0969b5; fill: #0969b5; } .red { stroke: #c2410c; fill: #c2410c; }
.green { stroke: #047a55; fill: #047a55; } .violet { stroke: #8a3ffc; fill: #8a3ffc; }
.brown { stroke: #8a6100; fill: #8a6100; } .grey { stroke: #6e7781; fill: #6e7781; }
text.blue, text.red, text.green, text.violet, text.brown, text.grey { stroke: none; }
.line.blue, .line.red, .line.green, .line.violet, .line.brown, .line.grey { fill: none; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .card { fill: #161b22; stroke: #30363d; } .small { fill: #9da7b1; }
.grid { stroke: #2b313a; } .span { stroke: #4b5560; }
.blue { stroke: #58a6ff; fill: #58a6ff; } .red { stroke: #ff9a62; fill: #ff9a62; }
.green { stroke: #4fd1a1; fill: #4fd1a1; } .violet { stroke: #c8a2ff; fill: #c8a2ff; }
.brown { stroke: #e3b341; fill: #e3b341; } .grey { stroke: #9da7b1; fill: #9da7b1; }
}
"""


@attrs.frozen
class Axis:
    """From values to pixels: logarithmic, or linear from `low`."""

    low: float
    high: float
    start: float
    stop: float
    log: bool = True

    def at(self, value: float) -> float:
        """Return where a value stands."""
        low, high = self.low, self.high
        if self.log:
            value, low, high = math.log(value), math.log(low), math.log(high)
        return round(self.start + (value - low) / (high - low) * (self.stop - self.start), 1)


@attrs.define
class Picture:
    """A card with a title, to which shapes are added in order."""

    width: int
    height: int
    title: str
    described: str
    shapes: list[str] = attrs.field(factory=list)

    def text(
        self, x: float, y: float, words: str, *, kind: str = "", anchor: str = "start"
    ) -> None:
        """Write words; `kind` is classes of the style."""
        self.shapes.append(
            f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def line(self, points: Iterable[tuple[float, float]], *, kind: str) -> None:
        """Draw a line through points."""
        path = " ".join(f"{x},{y}" for x, y in points)
        self.shapes.append(f'<polyline points="{path}" class="{kind}"/>')

    def dot(self, x: float, y: float, *, kind: str, radius: float = 4) -> None:
        """Draw a dot."""
        self.shapes.append(f'<circle cx="{x}" cy="{y}" r="{radius}" class="{kind}"/>')

    def svg(self) -> str:
        """Return the picture as SVG text."""
        size = f'viewBox="0 0 {self.width} {self.height}" width="{self.width}" role="img"'
        card = f'x="0.5" y="0.5" width="{self.width - 1}" height="{self.height - 1}" rx="8"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
                f"<title>{escape(self.title)}</title>",
                f"<desc>{escape(self.described)}</desc>",
                f"<style>{STYLE}</style>",
                f'<rect {card} class="card"/>',
                f'<text x="20" y="30" class="title">{escape(self.title)}</text>',
                *self.shapes,
                "</svg>\n",
            ]
        )


def powers(low: float, high: float) -> list[float]:
    """Return the powers of ten from `low` to `high`."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    return [10.0**n for n in range(first, last + 1)]


def seconds(value: float) -> str:
    """Return a time given in microseconds in the unit that suits it."""
    for unit, size in (("s", 1e6), ("ms", 1e3), ("µs", 1.0)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e3:.3g} ns" if value < 0.1 else f"{value:.2g} µs"


def dots(
    title: str, described: str, rows: Mapping[str, Mapping[str, float]], *, marked: float, mark: str
) -> str:
    """Return a row for each name with a dot for each of its values, in microseconds."""
    kinds = dict(zip(dict.fromkeys(k for row in rows.values() for k in row), COLOURS, strict=False))
    picture = Picture(820, 122 + 34 * len(rows), title, described)
    axis = Axis(0.1, 200_000, 250, 790)
    bottom = picture.height - 42
    for value in powers(axis.low, axis.high):
        x = axis.at(value)
        picture.line([(x, 66), (x, bottom)], kind="grid")
        picture.text(x, bottom + 20, seconds(value), kind="small", anchor="middle")
    picture.line([(axis.at(marked), 66), (axis.at(marked), bottom)], kind="goal")
    picture.text(axis.at(marked) + 5, bottom - 6, mark, kind="small")
    for n, (name, kind) in enumerate(kinds.items()):
        picture.dot(258 + 110 * n, 48, kind=kind, radius=5)
        picture.text(268 + 110 * n, 52, name, kind="small")
    for n, (name, values) in enumerate(rows.items()):
        y = 88 + 34 * n
        picture.text(236, y + 4, name, anchor="end")
        picture.line(
            [(axis.at(min(values.values())), y), (axis.at(max(values.values())), y)], kind="span"
        )
        for what, value in values.items():
            picture.dot(axis.at(value), y, kind=kinds[what], radius=5.5)
    return picture.svg()


def lines(
    title: str,
    described: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    across: tuple[Axis, Mapping[float, str]],
    up: tuple[Axis, Mapping[float, str]],
    goal: tuple[Sequence[tuple[float, float]], str],
) -> str:
    """Return lines with their names at their ends; axes come with their labelled values."""
    picture = Picture(820, 400, title, described)
    (x, columns), (y, rows) = across, up
    for value, words in rows.items():
        picture.line([(x.start, y.at(value)), (x.stop, y.at(value))], kind="grid")
        picture.text(x.start - 10, y.at(value) + 4, words, kind="small", anchor="end")
    for value, words in columns.items():
        picture.text(x.at(value), y.start + 22, words, kind="small", anchor="middle")
    points, words = goal
    picture.line([(x.at(a), y.at(b)) for a, b in points], kind="goal")
    picture.text(x.start + 6, y.at(points[0][1]) + 16, words, kind="small")
    for (name, found), kind in zip(series.items(), COLOURS, strict=False):
        placed = [(x.at(a), y.at(b)) for a, b in found]
        picture.line(placed, kind=f"line {kind}")
        for dot in placed:
            picture.dot(*dot, kind=kind, radius=3)
        end_x, end_y = placed[-1]
        picture.text(end_x + 12, end_y + 4, name, kind=kind)
    return picture.svg()
