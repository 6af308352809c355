"""`phananh erase`: the personal data of a case is erased, for good (R57)."""

import click

from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    RunContext,
    TranslatedCommand,
    report,
    shared_options,
)
from phananh.cli.database import open_desk
from phananh.cli.terminal import emit
from phananh.desk.lookup import case_id
from phananh.errors import RefusedError
from phananh.regulation.request import Person, RoleSlug


@click.command("erase", cls=TranslatedCommand, help="erase.help")
@click.argument("case", metavar="ID-or-code")
@click.option("--by", required=True, metavar="ID", help="erase.by")
@click.option("--ground", required=True, metavar="TEXT", help="erase.ground")
@click.option(
    "--role", type=click.Choice(("operator", "leadership")), default="operator", help="erase.role"
)
@click.option("--yes", is_flag=True, help="erase.yes")
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, case: str, by: str, ground: str, role: RoleSlug, yes: bool
) -> int:
    """Erase a case once a person confirms it, and say what was erased."""
    with open_desk(context, hours="A", at=None) as desk:
        key = case_id(desk.store, case)
        if not yes:
            click.confirm(context.say("erase.confirm", case=key), abort=True, err=True)
        try:
            desk.erase(key, by=Person(id=by, role=role), ground=ground)
        except RefusedError as error:
            report(error, context)
            return UNDONE
    emit(context, [{"case": key, "erased": True}], [context.say("erase.done", case=key)])
    return OK


SENTENCES.update({
    "erase.help": (
        "Xóa thông tin cá nhân của một phản ánh, kiến nghị đã xong; không khôi phục được.",
        "Erase the personal data of a case that is not open. It cannot be undone.",
    ),
    "erase.by": ("Mã của người xóa.", "The id of the person who erases."),
    "erase.ground": (
        "Căn cứ xóa, được giữ trong lịch sử; không ghi tên tổ chức, cá nhân gửi.",
        "On what ground. It stays in the history, so it must not name the sender.",
    ),
    "erase.role": (
        "Vai trò của người xóa (mặc định là điện thoại viên).",
        "Their role (default operator).",
    ),
    "erase.yes": ("Xóa mà không hỏi lại.", "Erase without asking."),
    "erase.confirm": (
        "{case}: xóa thông tin cá nhân, không khôi phục được. Xóa (gõ y)?",
        "{case}: erase the personal data? It cannot be undone.",
    ),
    "erase.done": (
        "{case}: đã xóa thông tin của tổ chức, cá nhân gửi, mọi nội dung và mã tra cứu; còn giữ "
        "các bước và thời hạn",
        "{case}: erased the sender, every text and the tracking code. The steps and limits stay.",
    ),
})  # fmt: skip
