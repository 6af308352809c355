"""`phananh worker`: send the letters and reminders of an office, by a file of TOML.

The rounds run in a thread of their own, so that a server that does not answer cannot hold up the
end. What was on its way then is sent again at the next start, under the same key.
"""

import signal
from concurrent.futures import Future
from contextlib import closing
from threading import Event, Thread

import click

from phananh.cli.base import OK, SENTENCES, UNDONE, RunContext, TranslatedCommand, shared_options
from phananh.cli.database import at_option, enter_now, open_desk
from phananh.cli.input import hours_option, read_text
from phananh.cli.terminal import emit, make_table
from phananh.office.worker import Worker

_COLUMNS = ("case", "when", "letter", "recipient", "channel", "problem")
_GRACE = 0.5  # seconds that a message on its way has when the worker is to end


@click.command("worker", cls=TranslatedCommand, help="worker.help")
@click.argument("file", default="worker.toml")
@click.option("--once", is_flag=True, help="worker.once")
@click.option("--dead", is_flag=True, help="worker.dead")
@click.option("--revive", is_flag=True, help="worker.revive")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, file: str, once: bool, dead: bool, revive: bool, hours: str,
    at: str | None,
) -> int:  # fmt: skip
    """Send messages until SIGTERM or Ctrl-C, or once, or list those that were given up."""
    with open_desk(context, hours=hours, at=at) as desk:
        enter_now(desk)  # refuses a moment that is ahead
        worker = Worker.from_toml(read_text(file), where=file, desk=desk, lang=context.lang)
        if not (once or dead or revive):
            _serve(worker)
            return OK
        with closing(worker.journal):
            if revive:
                worker.journal.revive()
            before = worker.journal.count()
            if once:
                worker.step()
            new, found = worker.journal.count() - before, worker.journal.list_dead()
    rows = ([getattr(each, name) or "" for name in _COLUMNS] for each in found)
    tables = [make_table(context, _COLUMNS, rows)] if found else []
    facts = {"sent": new["sent"], "unaddressed": new["unaddressed"], "n": len(found)}
    emit(
        context,
        found,
        [*tables, context.say("worker.sent" if once else "worker.given_up", **facts)],
    )
    return UNDONE if found else OK


def _serve(worker: Worker) -> None:
    """Run a worker until a signal. What it raises goes on."""
    stop, done = Event(), Future[None]()

    def run() -> None:
        try:
            worker.run(stop)
            done.set_result(None)
        except BaseException as error:  # noqa: BLE001  # it is raised again below
            done.set_exception(error)
        stop.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    thread = Thread(target=run, daemon=True)
    thread.start()
    stop.wait()
    thread.join(_GRACE)
    if done.done():
        done.result()


SENTENCES.update({
    "worker.help": (
        "Gửi thư trả lời, thông báo và nhắc việc theo TỆP (mặc định worker.toml); dừng bằng "
        "SIGTERM hoặc Ctrl-C.",
        "Send letters and reminders as FILE (default worker.toml) says, until SIGTERM or Ctrl-C.",
    ),
    "worker.once": ("Gửi những gì đã đến lúc rồi dừng.", "Send what is due, then end."),
    "worker.dead": (
        "Chỉ liệt kê những thư không gửi được. Mã thoát 3 nếu có.",
        "Only list the messages that were given up. Exit code 3 if there are any.",
    ),
    "worker.revive": (
        "Cho gửi lại những thư không gửi được.", "Let those that were given up be sent again.",
    ),
    "worker.sent": (
        "số thư đã gửi: {sent}, không gửi vì tổ chức, cá nhân không có thư điện tử: {unaddressed}, "
        "không gửi được: {n}",
        "sent: {sent}, not sent as the sender has no e-mail: {unaddressed}, given up: {n}",
    ),
    "worker.given_up": ("số thư không gửi được: {n}", "given up: {n}"),
    "head.when": ("Khi nào", "When"),
    "head.letter": ("Thư", "Letter"),
    "head.problem": ("Lỗi", "Problem"),
    "head.recipient": ("Người nhận", "Recipient"),
})  # fmt: skip
