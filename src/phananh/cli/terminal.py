"""What a command prints: data with `--json`, else lines, tables and pictures, whole in a pipe."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from itertools import islice
from pathlib import Path
from shutil import get_terminal_size
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from phananh.cli.base import SENTENCES, CommandError, RunContext, escape_control, to_json
from phananh.messages.message import instant_text
from phananh.plain_data import to_plain
from phananh.worktime.instants import VIETNAM

_WIDE = 1_000_000  # columns in a pipe, where lines keep their length
_NARROW = 12  # columns of the terminal that each column of a table needs
_GAP = 3  # columns of the terminal between two of them
_PIECE = 100  # rows that are looked at, and printed, together
_WORD = 30  # longer words may be broken
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)  # a picture fetches nothing


def is_terminal(stream: IO[str] | None) -> bool:
    """Return whether a person looks at the stream."""
    return stream is not None and not stream.closed and stream.isatty()


def emit(context: RunContext, data: Iterable[Any], texts: Iterable[RenderableType]) -> None:
    """Print data as JSON, an object per line, or else texts: lines, and drawings by rich.

    Only the one that is printed is read. Reading ends once the reader of the output is gone.
    """
    for each in data if context.json else texts:
        if context.json:
            context.write(to_json(to_plain(each)))
        elif isinstance(each, str):
            context.write(escape_control(each))
        else:
            show(context, each)
        if context.reader_gone:
            break


def show(context: RunContext, what: RenderableType) -> None:
    """Print something drawn by rich: coloured only on a terminal, and not cut in a pipe."""
    seen, paper = is_terminal(sys.stdout), StringIO()
    Console(
        file=paper, width=get_terminal_size().columns if seen else _WIDE, force_terminal=seen,
        highlight=False, markup=False, emoji=False, color_system="auto" if seen else None,
        legacy_windows=False,
    ).print(what)  # fmt: skip
    context.write("\n".join(line.rstrip() for line in paper.getvalue().splitlines()))


def draw_svg(what: RenderableType, *, title: str, width: int) -> str:
    """Return as SVG what rich would draw."""
    console = Console(
        file=StringIO(), record=True, width=width, force_terminal=True, highlight=False,
        markup=False, emoji=False, color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    console.print(what)
    return _FONTS.sub("", console.export_svg(title=title))


def write_file(path: str, content: str | bytes, *, mode: int = 0o666) -> None:
    """Write a picture, a page or a document to a file. A new one has that mode, less the umask."""
    try:
        Path(path).touch(mode)
        Path(path).write_bytes(content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        raise CommandError("cannot_write", path=path, problem=error) from None


def format_instant(instant: datetime | None, lang: str, beside: Iterable[datetime] = ()) -> str:
    """Return an instant as a cell shows it (R46), `10:00 08/05/2025`, and `-` without one."""
    if instant is None:
        return "-"
    return instant_text(instant.astimezone(VIETNAM), lang, beside, in_cell=True)


def make_table(
    context: RunContext, names: Sequence[str], rows: Iterable[Sequence[str | Text]]
) -> RenderableType:
    """Return a table in which no word is broken, or a list if the terminal is too narrow.

    `names` are the codes of its heads after `head.`. An empty one is a column without a head.
    """
    heads, cells = _make_heads(context, names), _make_cells(rows)
    return _draw(heads, _find_widths(heads, cells), cells)


def stream_table(
    context: RunContext, names: Sequence[str], rows: Iterable[Sequence[str | Text]]
) -> Iterator[RenderableType]:
    """Yield a table of any length piece by piece, under one head as long as its columns hold.

    The first rows decide the widths. A longer word in later ones starts a new head.
    """
    rest, heads, widths, holds = iter(rows), _make_heads(context, names), None, False
    while cells := _make_cells(islice(rest, _PIECE)):
        holds = holds and _has_room(widths, cells)
        widths = widths if holds else _find_widths(heads, cells)
        yield _draw(heads, widths, cells, show_header=not holds, show_edge=False)
        holds = True


def _make_heads(context: RunContext, names: Sequence[str]) -> list[str]:
    return [context.say(f"head.{name}") if name else "" for name in names]


def _make_cells(rows: Iterable[Sequence[str | Text]]) -> list[list[Text]]:
    return [[c if isinstance(c, Text) else Text(escape_control(c)) for c in row] for row in rows]


def _has_room(widths: list[int] | None, cells: Sequence[Sequence[Text]]) -> bool:
    """Return whether no word of more rows is broken. Without a terminal, none is."""
    if widths is None or not is_terminal(sys.stdout):
        return True
    columns = zip(widths, zip(*cells, strict=True), strict=True)
    return all(min(_widest_part(each, None), _WORD) <= width for width, each in columns)


def _find_widths(heads: list[str], cells: Sequence[Sequence[Text]]) -> list[int] | None:
    """Return a width for each column, at least its longest word, or None if there is no room.

    The rest of the width of a terminal goes where it saves lines.
    """
    columns = [[Text(head), *column] for head, *column in zip(heads, *cells, strict=True)]
    whole = [_widest_part(column, "\n") for column in columns]
    if not is_terminal(sys.stdout):
        return whole
    found = [min(_widest_part(column, None), _WORD) for column in columns]
    room = get_terminal_size().columns - _GAP * len(columns) - 1
    if room < max(sum(found), _NARROW * sum(1 for wide in whole if wide) - _GAP * len(columns)):
        return None
    for _ in range(min(room, sum(whole)) - sum(found)):
        lines = [wide / max(width, 1) for wide, width in zip(whole, found, strict=True)]
        found[lines.index(max(lines))] += 1
    return found


def _widest_part(column: Iterable[Text], between: str | None) -> int:
    """Return how wide the widest part of a column's cells is."""
    return max((cell_len(x) for cell in column for x in cell.plain.split(between)), default=0)


def _draw(
    heads: list[str], widths: list[int] | None, cells: Sequence[Sequence[Text]], *,
    show_header: bool = True, show_edge: bool = True,
) -> RenderableType:  # fmt: skip
    """Return rows as a table, or without widths as a list of `head: cell`."""
    if widths is None:
        return Group(*(line for row in cells for line in _stack(heads, row)))
    seen, encoding = is_terminal(sys.stdout), getattr(sys.stdout, "encoding", None) or ""
    made = Table(
        box=SIMPLE_HEAD if seen and encoding.lower().startswith("utf") else None,
        padding=(0, 2, 0, 0), pad_edge=False, show_header=show_header and any(heads),
        show_edge=show_edge,
    )  # fmt: skip
    for head, width in zip(heads, widths, strict=True):
        made.add_column(head, overflow="fold", min_width=width, max_width=width if seen else None)
    for row in cells:
        made.add_row(*row)
    return made


def _stack(heads: Sequence[str], row: Sequence[Text]) -> Iterator[Text]:
    """Yield a row as lines of `head: cell`, and a blank one."""
    for head, text in zip(heads, row, strict=True):
        if text:
            yield Text.assemble((f"{head}: ", "bold"), text) if head else text
    yield Text("")


SENTENCES.update({
    "head.act": ("Bước xử lý", "Act"),
    "head.by": ("Người thực hiện", "By"),
    "head.case": ("Mã PAKN", "Case"),
    "head.channel": ("Kênh", "Channel"),
    "head.cases": ("Mã PAKN", "Cases"),
    "head.cautions": ("Lưu ý", "Cautions"),
    "head.claims": ("Lần nhận", "Claims"),
    "head.clause": ("Điều khoản", "Clause"),
    "head.consumer": ("Chương trình nhận", "Consumer"),
    "head.date": ("Ngày", "Date"),
    "head.day": ("Thứ", "Day"),
    "head.document": ("Văn bản", "Document"),
    "head.due": ("Hạn", "Due"),
    "head.holder": ("Người, đơn vị đang xử lý", "Holder"),
    "head.entered": ("Nhập lúc", "Entered"),
    "head.hours": ("Giờ làm việc", "Hours"),
    "head.id": ("Mã", "Id"),
    "head.kind": ("Loại", "Kind"),
    "head.late": ("Trễ hạn", "Late"),
    "head.lease_ends": ("Nhận đến", "Lease ends"),
    "head.left": ("Còn/quá", "Left/over"),
    "head.name": ("Tên", "Name"),
    "head.position": ("Vị trí", "Position"),
    "head.sessions": ("Buổi làm việc", "Sessions"),
    "head.source": ("Căn cứ", "Source"),
    "head.state": ("Trạng thái", "State"),
    "head.status": ("Tình trạng", "Status"),
    "head.unit": ("Đơn vị", "Unit"),
    "head.why": ("Lý do", "Why"),
    "kind.hours": ("giờ riêng", "hours"),
    "kind.off": ("nghỉ", "off"),
    "kind.open": ("làm việc", "open"),
    "kind.weekend": ("nghỉ hằng tuần", "weekend"),
    "kind.worked": ("làm việc", "worked"),
    "late": ("trễ hạn", "late"),
    "no": ("không", "no"),
    "yes": ("có", "yes"),
    "status.assumed": ("giả định", "assumed"),
    "status.confirmed": ("đã công bố", "confirmed"),
    "status.expected": ("tạm tính", "expected"),
    "status.official": ("chính thức", "official"),
    "status.unconfirmed": ("chưa đối chiếu", "unconfirmed"),
    "picture_svg": ("Ghi thêm hình vào tệp SVG.", "Also write the picture to an SVG file."),
})  # fmt: skip
