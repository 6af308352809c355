"""Pictures as SVG files."""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console, RenderableType

from phananh.cli.errors import CommandError

_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)  # a picture fetches nothing


def draw_svg(what: RenderableType, *, title: str, width: int) -> str:
    """Return as SVG what rich would draw."""
    console = Console(
        file=StringIO(), record=True, width=width, force_terminal=True, highlight=False,
        markup=False, emoji=False, color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    console.print(what)
    return _FONTS.sub("", console.export_svg(title=title))


def write_svg(path: str, svg: str) -> None:
    """Write a picture to a file."""
    try:
        Path(path).write_text(svg, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError("cannot_write", path=path, problem=error) from None
