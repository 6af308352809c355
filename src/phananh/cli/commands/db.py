"""`phananh db`: look after the database that the cases are in."""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    WRONG,
    CommandError,
    RunContext,
    TranslatedCommand,
    TranslatedGroup,
    shared_options,
    speech_options,
)
from phananh.cli.database import (
    check_present,
    count_cases,
    is_url,
    open_database,
    open_tables,
    print_damage,
    require_address,
)
from phananh.cli.terminal import emit, format_instant, make_table
from phananh.stores.copying import copy_store
from phananh.stores.sql.dialect import Dialect, Phases
from phananh.stores.sql.schema import schema_sql
from phananh.stores.sql.status import (
    MOST,
    DatabaseStatus,
    SchemaStatus,
    read_schema,
    read_status,
)
from phananh.stores.sql.store import SqlStore
from phananh.stores.sqlite import SqliteStore

# Where the dialect of an engine is; each is loaded when it is asked for.
_DIALECTS = {
    "sqlite": ("sqlite", "SqliteDialect"),
    "postgresql": ("postgres", "PostgresDialect"),
    "mariadb": ("mariadb", "MariadbDialect"),
}
_TOOLS = {
    "postgresql": "pg_dump --format=custom, pg_basebackup, pgbackrest",
    "mariadb": "mariadb-dump --single-transaction, mariadb-backup",
    "sqlite": "phananh db backup --db sqlite:///PATH",
}


@click.group("db", cls=TranslatedGroup, invoke_without_command=True, help="db.help")
@shared_options
@click.pass_context
def command(ctx: click.Context) -> int | None:
    """Print the help if no command below is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return WRONG
    return None


@command.command("migrate", cls=TranslatedCommand, help="db.migrate.help")
@click.option("--phase", type=click.Choice(("pre", "post", "all")), default="all", help="db.phase")
@click.option("--dry-run", is_flag=True, help="db.dry_run")
@shared_options
@click.pass_obj
def migrate(context: RunContext, *, phase: Phases, dry_run: bool) -> int:
    """Do the steps that are left, or only name them."""
    with open_tables(context) as store:
        steps = read_schema(store, phase).left if dry_run else store.migrate(phase)
        if not dry_run:
            store.refresh_rows()
        after = read_schema(store)
    facts = {"done": () if dry_run else steps, "left": after.left, "schema": after.version}
    code = "db.step_left" if dry_run else "db.step_done"
    lines = [context.say(code, step=step) for step in steps] or [context.say("db.no_steps")]
    if not dry_run:
        lines += [
            *(context.say("db.step_left", step=step) for step in after.left),
            context.say("db.schema_is", version=after.version),
        ]
    emit(context, [facts], lines)
    return OK


@command.command("schema", cls=TranslatedCommand, help="db.schema.help")
@click.option("--for", "engine", type=click.Choice([*_DIALECTS]), help="db.for")
@click.option("--since", metavar="N", type=click.IntRange(0, 10**6), default=0, help="db.since")
@shared_options
@click.pass_obj
def schema(context: RunContext, *, engine: str | None, since: int) -> int:
    """Print the statements."""
    if engine is not None and context.db is not None:
        raise click.UsageError(context.say("db.for_or_db"))
    dialect = _find_dialect(context, engine)
    text = schema_sql(dialect, since=since)
    emit(context, [{"engine": dialect.name, "since": since, "sql": text}], text.splitlines())
    return OK


def _find_dialect(context: RunContext, engine: str | None) -> Dialect:
    if engine is None:
        with open_tables(context) as store:
            return store.dialect
    folder, name = _DIALECTS[engine]
    dialect: Dialect = getattr(import_module(f"phananh.stores.sql.dialects.{folder}"), name)()
    return dialect


@command.command("status", cls=TranslatedCommand, help="db.status.help")
@shared_options
@click.pass_obj
def status(context: RunContext) -> int:
    """Print the state of a database, and exit with 3 if this version cannot run on it."""
    with open_tables(context) as store:
        schema, engine = read_schema(store), store.dialect.name
        found = read_status(store) if schema.is_usable else None
    facts: dict[str, Any] = {
        "engine": engine, "schema": schema.version, "needed": schema.needed,
        "left": schema.left, "usable": schema.is_usable,
    }  # fmt: skip
    if found:
        facts |= attrs.asdict(found)
        facts["more"] = [name for name in ("cases", "events") if facts[name] >= MOST]
    emit(context, [facts], _status_texts(context, engine, schema, found))
    return OK if schema.is_usable else UNDONE


def _status_texts(
    context: RunContext, engine: str, schema: SchemaStatus, found: DatabaseStatus | None
) -> Iterator[RenderableType]:
    say = context.say
    yield say(
        "db.schema_of",
        engine=engine,
        version=say("db.no_tables") if schema.version is None else schema.version,
        needed=schema.needed,
    )
    yield from (say("db.step_left", step=step) for step in schema.left)
    if not schema.is_usable and not schema.left:
        yield say("db.not_usable")
    if found is None:
        return
    counts = {"cases": found.cases, "events": found.events}
    yield say("db.counts", **{k: f"{MOST}+" if n >= MOST else n for k, n in counts.items()})
    if found.size_bytes is not None:
        yield say("db.size", size=f"{found.size_bytes / 1e6:.1f}")
    yield say("db.feed_end", position=found.feed_end)
    if found.held_back:
        yield say("db.held_back", n=found.held_back, seconds=f"{found.oldest_seconds or 0:.0f}")
    if found.consumers:
        rows = (
            (
                each.consumer, each.position or "-", format_instant(each.until, context.lang),
                str(each.number),
            )
            for each in found.consumers
        )  # fmt: skip
        yield make_table(context, ("consumer", "position", "lease_ends", "claims"), rows)


@command.command("verify", cls=TranslatedCommand, help="db.verify.help")
@shared_options
@click.pass_obj
def verify(context: RunContext) -> int:
    """Print the damage, and exit with 3 if there is any."""
    with open_database(require_address(context)) as store:
        damage, cases = print_damage(context, store), count_cases(store)
        if cases is not None:
            code = "database_read" if damage else "database_well"
            emit(context, [{"cases": cases, "damaged": damage}], [context.say(code, n=cases)])
    return UNDONE if damage else OK


@command.command("copy", cls=TranslatedCommand, help="db.copy.help")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@speech_options
@click.pass_obj
def copy(context: RunContext, *, source: str, target: str) -> int:
    """Copy, and print how much there is."""
    check_present(source)
    if target == "memory:":
        raise CommandError("db.copy_to_memory")
    if _locate(source) == _locate(target):
        raise CommandError("db.copy_onto_itself")
    with open_database(source) as one, open_database(target, check_schema=False) as other:
        if not isinstance(one, SqlStore) or not isinstance(other, SqlStore):
            raise CommandError("db.not_in_tables")
        copied = copy_store(one, other)
    counts = "; ".join(
        context.say(f"db.count_{table}", n=n) for table, n in copied.counts.items() if n
    )
    lines = [
        context.say("db.copied" if counts else "db.copied_nothing", counts=counts),
        context.say("db.copy_verified", digest=copied.digest),
    ]
    emit(context, [attrs.asdict(copied)], lines)
    return OK


def _locate(address: str) -> str:
    """Return an address in a form that is the same for each way to write a file."""
    if is_url(address):
        return address
    return os.path.realpath(address.removeprefix("sqlite:///"))


@command.command("backup", cls=TranslatedCommand, help="db.backup.help")
@click.argument("target", metavar="FILE")
@shared_options
@click.pass_obj
def backup(context: RunContext, *, target: str) -> int:
    """Write the copy, or name the tool that does it for other engines."""
    with open_tables(context) as store:
        if not isinstance(store, SqliteStore):
            engine = store.dialect.name
            error = CommandError("db.backup_by_tool", engine=engine, tools=_TOOLS[engine])
            if engine == "postgresql":
                error = CommandError("db.migrate_after_restore", backup=error)
            raise error
        store.backup(target)
    emit(context, [{"backup": target}], [context.say("db.backed_up", path=target)])
    return OK


SENTENCES.update({
    "db.help": (
        "Quản trị cơ sở dữ liệu: nâng cấp, xem tình trạng, kiểm tra, sao chép, sao lưu.",
        "Look after the database: migrate, show its status, verify, copy, back up.",
    ),
    "db.migrate.help": (
        "Tạo hoặc nâng cấp các bảng, và nêu những bước đã làm. Hãy sao lưu trước. Chạy lại không "
        "sao, nhiều tiến trình cùng lúc cũng được.",
        "Make the tables or bring them up to date, and say which steps were done. Back up first. "
        "It is safe to repeat, and in several processes at once.",
    ),
    "db.phase": (
        "pre: chỉ các bước mà bản cũ vẫn chạy được; post: các bước còn lại, khi không còn bản cũ "
        "nào chạy; mặc định là tất cả.",
        "pre is only what old versions can run on. post is the rest, once no old version runs. "
        "The default is all.",
    ),
    "db.dry_run": ("Chỉ nêu các bước, không làm.", "Only name the steps."),
    "db.schema.help": (
        "In các lệnh SQL tạo bảng, để đưa vào tệp nâng cấp cơ sở dữ liệu của ứng dụng. Hệ quản "
        "trị cơ sở dữ liệu lấy theo --for hoặc --db.",
        "Print the SQL of the tables, for a migration of your application. The engine is that of "
        "--for or of --db.",
    ),
    "db.for": ("Hệ quản trị cơ sở dữ liệu cần in.", "The engine to print it for."),
    "db.for_or_db": (
        "--for và --db cùng nêu hệ quản trị cơ sở dữ liệu; chỉ dùng một trong hai.",
        "--for and --db both name an engine. Give one of them.",
    ),
    "db.since": (
        "Chỉ các bước sau lược đồ này.", "Only the steps after this schema.",
    ),
    "db.status.help": (
        "Phiên bản lược đồ, số PAKN, số bước đã ghi, vị trí của bước cuối, và mỗi chương trình "
        "nhận đã nhận đến bước nào. Mã thoát 3 nếu bản này không chạy được trên các bảng.",
        "The schema, how many cases and events there are, where the feed ends, and how far its "
        "consumers are. Exit code 3 if this version cannot run on the tables.",
    ),
    "db.verify.help": (
        "Đọc toàn bộ cơ sở dữ liệu: tính lại từng PAKN từ các bước đã ghi rồi so với danh sách, "
        "kiểm tra phần dữ liệu cá nhân, các lệnh và dãy các bước. Mã thoát 3 nếu còn hỏng.",
        "Read a whole database: compute every case again from its events, compare it with the "
        "lists, and check personal data, erasures, commands and the feed. Exit code 3 if damage is "
        "left.",
    ),
    "db.copy.help": (
        "Chép toàn bộ từ TỪ sang ĐẾN, đường dẫn hoặc URL, rồi so sánh cả hai. ĐẾN phải trống. "
        "Không ai được ghi vào TỪ trong khi chép.",
        "Copy everything from FROM to TO, paths or URLs, then compare the two. TO must be empty. "
        "Stop all writers of FROM during the copy.",
    ),
    "db.copied": ("đã chép: {counts}", "copied: {counts}"),
    "db.copied_nothing": ("không có gì để chép", "there was nothing to copy"),
    "db.count_case": ("PAKN: {n}", "cases: {n}"),
    "db.count_command": ("lệnh: {n}", "commands: {n}"),
    "db.count_consumer": ("chương trình nhận: {n}", "consumers: {n}"),
    "db.count_erasure": ("PAKN đã xóa dữ liệu cá nhân: {n}", "erased cases: {n}"),
    "db.count_event": ("bước đã ghi: {n}", "events: {n}"),
    "db.copy_onto_itself": (
        "TỪ và ĐẾN là cùng một cơ sở dữ liệu; hãy nêu cơ sở dữ liệu khác",
        "FROM and TO are the same database. Name another one.",
    ),
    "db.copy_to_memory": (
        "bản sao trong memory: sẽ mất khi lệnh kết thúc; hãy nêu tệp hoặc URL",
        "a copy in memory: is lost when the command ends. Name a file or a URL.",
    ),
    "db.copy_verified": (
        "hai bên giống nhau (mã đối chiếu {digest})", "both are the same (digest {digest})",
    ),
    "db.backup.help": (
        "Sao lưu cơ sở dữ liệu SQLite vào một tệp mới, trong khi người khác vẫn đọc và ghi. Với "
        "hệ quản trị cơ sở dữ liệu khác thì nêu công cụ cần dùng.",
        "Copy an SQLite database into a new file while others read and write. For other engines, "
        "show which tool does it.",
    ),
    "db.step_done": ("đã làm: {step}", "done: {step}"),
    "db.step_left": ("cần làm: {step}", "to do: {step}"),
    "db.no_steps": ("không có bước nào cần làm", "no step is left"),
    "db.schema_is": ("lược đồ: {version}", "schema: {version}"),
    "db.schema_of": (
        "{engine}; lược đồ: {version}; bản này cần: {needed}",
        "{engine}, schema: {version}, this version needs: {needed}",
    ),
    "db.no_tables": ("chưa có bảng", "no tables"),
    "db.not_usable": (
        "bản này không chạy được trên các bảng; hãy nâng cấp phananh",
        "this version cannot run on the tables. Upgrade phananh.",
    ),
    "db.counts": (
        "PAKN: {cases}; bước đã ghi: {events}", "cases: {cases}, events: {events}",
    ),
    "db.size": ("dung lượng: {size} MB", "size: {size} MB"),
    "db.feed_end": ("vị trí của bước cuối: {position}", "the feed ends at: {position}"),
    "db.held_back": (
        "còn {n} bước chưa đến được các chương trình nhận, vì có giao dịch mở đã {seconds} giây; "
        "hãy kết thúc giao dịch đó",
        "the feed is {n} events behind, as a transaction has been open for {seconds} s. End it.",
    ),
    "db.backed_up": ("đã sao lưu vào {path}", "backed up to {path}"),
    "db.backup_by_tool": (
        "{engine} sao lưu bằng công cụ riêng: {tools}",
        "{engine} has its own tools for that: {tools}",
    ),
    "db.migrate_after_restore": (
        "{backup}. Sau khi khôi phục vào cụm mới, hãy chạy `phananh db migrate`.",
        "{backup}. After a restore into a new cluster, run `phananh db migrate`.",
    ),
})  # fmt: skip
