"""`phananh sweep`: mark every case with a limit that has run out (Art. 9.2)."""

import click

from phananh.act_log.replay import to_vietnam_iso
from phananh.cli.base import OK, SENTENCES, UNDONE, RunContext, TranslatedCommand, shared_options
from phananh.cli.case_texts import CaseTexts
from phananh.cli.database import at_option, enter_now, open_desk
from phananh.cli.input import hours_option
from phananh.cli.terminal import emit, format_instant, make_table
from phananh.regulation.case import find_missed
from phananh.regulation.events import late_holder_text


@click.command("sweep", cls=TranslatedCommand, help="sweep.help")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(context: RunContext, *, hours: str, at: str | None) -> int:
    """Sweep, and say which cases were marked and which could not be read."""
    facts, rows = [], []
    with open_desk(context, hours=hours, at=at) as desk:
        swept, texts = enter_now(desk).sweep(at=desk.now()), CaseTexts(context, desk)
        for event in swept.lapsed:
            case, late = desk.get(event.case), event.late
            missed = (limit for limit in find_missed(case) if limit.opened_by == event.clock)
            provisional = any(texts.is_provisional(limit, case) for limit in missed)
            facts.append({
                "case": event.case, "due": to_vietnam_iso(event.due), "stage": late.role.value,
                "holder": late.id, "unit": late.unit, "provisional": provisional,
            })  # fmt: skip
            mark = f" ({context.say('provisional')})" if provisional else ""
            due = format_instant(event.due, context.lang, (desk.now(),)) + mark
            rows.append((event.case, late_holder_text(late, context.lang), due))
    tables = [make_table(context, ("case", "holder", "due"), rows)] if rows else []
    emit(context, facts, [*tables, context.say("marked_late", n=len(rows))])
    for failure in swept.failed:
        context.warn("not_swept", problem=failure.text(context.lang))
    return UNDONE if swept.failed else OK


SENTENCES.update({
    "sweep.help": (
        "Đánh dấu trễ hạn mọi phản ánh, kiến nghị đã hết thời hạn; chạy lại không thêm gì.",
        "Mark every case with a limit that has run out as late. Safe to repeat.",
    ),
    "marked_late": ("số PAKN đánh dấu trễ hạn: {n}", "marked late: {n}"),
    "not_swept": ("chưa rà soát được: {problem}", "not swept: {problem}"),
})  # fmt: skip
