"""The output of a command: data with `--json`, else lines and tables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from phananh.cli.context import RunContext
from phananh.plain_data import to_plain

if TYPE_CHECKING:
    from rich.console import RenderableType


def emit(context: RunContext, data: Iterable[Any], texts: "Iterable[RenderableType]") -> None:
    """Print data as JSON, an object per line, or else texts: lines, and drawings by rich.

    Only the one that is printed is read. Reading ends once the reader of the output is gone.
    """
    for each in data if context.json else texts:
        if context.json:
            context.write_json(to_plain(each))
        elif isinstance(each, str):
            context.write_line(each)
        else:
            from phananh.cli.output.terminal import show  # what prints lines needs no rich

            show(context, each)
        if context.reader_gone:
            break
