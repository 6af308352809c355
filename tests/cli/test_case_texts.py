"""A limit in words: due, left or over, late since when, and what is in doubt (Art. 9, R15)."""

import pytest

from tests.cli.log import CALL, LAN, LOG, OPERATOR, text
from tests.cli.terminal import rows, run

LATE = (
    "công chức, viên chức bộ phận một cửa lan (mot-cua) {} "
    "(hết hạn lúc 10 giờ 00 phút ngày 23/11/2026, khoản 1 Điều 9, cách hiểu R2{})"
)
FOCAL = {"id": "hoa", "role": "agency", "unit": "so-tnmt"}
SWAP = (("2026-11-23", "off", "2026-11-28"), ("2026-11-28", "worked", "2026-11-23"))
PLAIN = (("2026-11-23", "worked", ""), ("2026-11-28", "off", ""))


def act(name, at, by=OPERATOR, **more):
    """Return a line of the log of the one case."""
    return {"act": name, "case": "c", "at": f"{at}:00+07:00", "by": by, **more}


# Five hours from Friday 15:00 end on Monday 23 November 2026, which may be swapped.
HANDED_OVER = [
    act("receive", "2026-11-20T14:50", **CALL),
    act("escalate", "2026-11-20T15:00", to=LAN),
]
PUT_OFF = [
    *HANDED_OVER,
    act("request_verification", "2026-11-20T15:10", LAN, agency="so-tnmt", focal="hoa",
        appointment="2026-11-25T09:00:00+07:00"),
    act("reschedule", "2026-11-20T15:20", FOCAL, to="2026-11-25T15:00:00+07:00", reason="Chờ"),
]  # fmt: skip


@pytest.fixture
def db(keep):
    """Return a database with the one case, handed over."""
    return keep(HANDED_OVER)


@pytest.fixture
def notice(file):
    """Return what makes a file of one notice out of days."""

    def made(days):
        head = 'format = 1\n[[notice]]\ndocument = "CV 1/VPCP"\nissued = 2026-11-21\n'
        each = (
            f'[[notice.day]]\ndate = {day}\nkind = "{kind}"\n'
            + (f"swapped_with = {other}\n" if other else "")
            for day, kind, other in days
        )
        return file(head + "".join(each))

    return made


def cells(db, *words):
    """Return the row of the only case of a list, by the heads of its columns."""
    head, row = run("list", "--db", db, "--lang", "vi", *words).stdout.splitlines()
    names = ["Hạn", "Còn/quá", "Trễ hạn", "Nhập lúc", "Lưu ý"]
    starts = [head.rindex(f" {name}") + 1 for name in names]
    return {
        name: row[start:end].strip()
        for name, start, end in zip(names, starts, [*starts[1:], None], strict=True)
    }


def shown(db, *words):
    """Return what `case` prints of the only case."""
    return run(
        "case", rows(run("list", "--db", db, "--json"))[0]["case"], "--db", db, *words
    ).stdout


def test_a_late_case_shows_the_limit_that_was_missed(db):
    """The due time, since when, the clause, and the steps of the event that opened the limit."""
    late = ("--at", "2026-11-24T16:00")
    assert [*cells(db, *late).values()][:3] == [
        "10:00 23/11/2026 (tạm tính)",
        "quá 5 giờ 30 phút làm việc",
        LATE.format("trễ hạn", ", tạm tính"),
    ]
    told = shown(db, *late, "--lang", "vi")
    assert "\nThời hạn đã hết, tính từ bước 2:\nCăn cứ khoản 1 Điều 9" in told
    assert "Thứ Hai 23/11, 07:30-10:00: 2 giờ 30 phút, đủ 5 giờ." in told
    told = shown(db, *late, "--lang", "en")
    assert "\nThe limit that was missed, of event 2:\nArt. 9(1)" in told
    late_since = "one-stop officer lan (mot-cua) late, was due 2026-11-23 10:00"
    assert f"Late       {late_since} (Art. 9(1), reading R2, provisional)\n" in told


def test_a_limit_missed_before_stays_explained(db, keep):
    """Once it is answered, a case still says which limit it missed, by which clause, and why."""
    keep([*HANDED_OVER, act("answer", "2026-11-24T08:00", LAN, text="Đã xem xét")])
    assert [*cells(db).values()][:3] == ["-", "", OFFICER_LATE]
    told = shown(db, "--lang", "en")
    missed = "2026-11-23 10:00 (Art. 9(1), reading R2, provisional)"
    over = "5 hours 30 minutes of working time over"
    assert f"Late      one-stop officer lan (mot-cua) missed {missed}: {over}\n" in told
    assert "Monday 23 Nov 07:30-10:00: 2 h 30 min, 5 h in all." in told


def test_from_an_accusation_on_the_unit_is_late(keep):
    """R51: who is accused was late until then, and their unit is late for the time since."""
    named = act("complete", "2026-11-23T16:00", accused=[{"id": "lan", "unit": "mot-cua"}])
    db, late = keep([*HANDED_OVER, named]), ("--at", "2026-11-24T16:00")
    own, unit = cells(db, *late)["Trễ hạn"].split("; ")
    assert own.startswith(LATE.format("đã trễ hạn", ", tạm tính") + ": quá ")
    assert "(mot-cua) (từ 16 giờ 00 phút ngày 23/11/2026) trễ hạn (" in unit
    (found,) = rows(run("list", "--db", db, "--json", *late))
    assert [each["over_us"] / 3.6e9 for each in found["lapses"]] == [4, 1.5]
    assert shown(db, *late).count("The limit that was missed, of event 2") == 1
    *_, last = rows(run("replay", "-", "--json", given=text([*HANDED_OVER, named])))
    assert [each["holder"] for each in last["lapses"]] == ["lan"]


def test_what_is_over_is_counted_on_its_own_calendar(db, notice):
    """Where the calendar of the promise is not at hand, it is named and nothing is counted."""
    late = ("--at", "2026-11-24T16:00")
    assert cells(db, *late, "--notices", notice(PLAIN))["Còn/quá"] == "quá 5 giờ 30 phút làm việc"
    told = cells(db, *late, "--hours", "VP")["Còn/quá"]
    assert told.startswith("tính theo lịch A ")
    assert told.endswith("; hãy cho --hours và --notices của lịch đó")
    assert (
        shown(db, *late, "--hours", "VP").count(". Give --hours and --notices of that calendar")
        == 2
    )


def test_no_hours_are_late_on_a_day_that_is_off_by_now(db, keep, notice):
    """Where a notice made the day of the due time a day off, its hours are nobody's lateness."""
    late = ("--at", "2026-11-24T16:00", "--notices", notice(SWAP))
    assert cells(db, *late)["Còn/quá"] == "trễ hạn, nhưng chưa qua giờ làm việc nào"
    (found,) = rows(run("list", "--db", db, "--json", "--at", "2026-11-24T16:00"))
    assert found["late"]
    keep([*HANDED_OVER, act("answer", "2026-11-25T08:00", LAN, text="Đã xem xét")])
    late = ("--at", "2026-11-25T16:00", *late[2:])
    assert cells(db, *late)["Trễ hạn"].endswith(": quá 30 phút làm việc")
    assert cells(db, *late[:2])["Trễ hạn"].endswith(": quá 6 giờ làm việc")


def test_a_minute_does_not_contradict_a_verdict(keep):
    """Where due, lapse and answer fall into one minute, list and case show their seconds."""
    handed = {**HANDED_OVER[1], "at": "2026-11-20T15:00:20+07:00"}
    answer = {**act("answer", "", LAN, text="Rõ"), "at": "2026-11-23T10:00:40+07:00"}
    db = keep([HANDED_OVER[0], handed])
    assert cells(db, "--at", "2026-11-23T10:00:30+07:00")["Hạn"] == "10:00:20 23/11/2026 (tạm tính)"
    assert cells(db, "--at", "2026-11-23T10:01:30")["Hạn"] == "10:00 23/11/2026 (tạm tính)"
    keep([HANDED_OVER[0], handed, answer])
    assert "(hết hạn lúc 10 giờ 00 phút 20 giây ngày 23/11/2026, " in cells(db)["Trễ hạn"]
    for lang, said, due in (
        ("vi", "10:00:40 23/11/2026", ", hạn 10 giờ 00 phút 20 giây ngày 23/11/2026, nhập vào "),
        ("en", "2026-11-23 10:00:40", ", due 2026-11-23 10:00:20, entered "),
    ):
        told = shown(db, "--lang", lang)
        assert f"  {said}  " in told
        assert due in told
        assert "10:00  " not in told
        assert f"{'Hạn' if lang == 'vi' else 'Due'}: " in told
        assert "10:00:20" in told.partition(": ")[2].partition("\n1. ")[0].splitlines()[-1]


def test_a_recalculated_limit_without_its_notice(db, notice):
    """Forgetting the notice by which a limit was moved changes no number, and claims no change."""
    swapped = ("--notices", notice(SWAP))
    moved = ("recalculate", "--db", db, "--at", "2026-11-22T08:00", "--apply")
    assert run(*moved, *swapped).exit_code == 0
    for at, said in (
        ("2026-11-25T08:00", "còn 2 giờ làm việc"),
        ("2026-11-25T15:00", "quá 3 giờ làm việc"),
    ):
        assert cells(db, *swapped, "--at", at)["Còn/quá"] == said
    assert cells(db, "--at", "2026-11-25T08:00")["Còn/quá"] == "còn 2 giờ làm việc"
    assert "hãy cho --hours và --notices" in cells(db, "--at", "2026-11-25T15:00")["Còn/quá"]
    told = shown(db, "--at", "2026-11-25T08:00")
    assert "Give --hours and --notices of that calendar to see the steps" in told
    assert "is now" not in told


def test_a_limit_that_was_kept(db, notice):
    """R15: `case` says when a limit was kept though the calendar changed, and by which paper."""
    at = ("--at", "2026-11-23T08:00")
    swapped = ("--notices", notice(SWAP))
    assert (
        "computed again it would be 2026-11-25 10:00 (CV 1/VPCP). The time that was given stays"
        in shown(db, *at, *swapped)
    )
    assert (
        "tính lại sẽ là 10 giờ 00 phút ngày 25/11/2026 (Công văn số 1/VPCP); hạn đã báo vẫn giữ"
        in shown(db, *at, *swapped, "--lang", "vi")
    )
    assert ". It gives the same time.\n" in shown(db, *at, "--notices", notice(PLAIN))
    assert "is now" not in shown(db, *at)


def test_a_notice_that_settles_takes_the_doubt_away(db, notice):
    """A limit is marked only as long as no notice at hand speaks of the day in doubt."""
    late = ("--at", "2026-11-24T16:00")
    assert "tạm tính" in cells(db, *late)["Trễ hạn"]
    settled = cells(db, *late, "--notices", notice(PLAIN))
    assert (settled["Trễ hạn"], settled["Hạn"]) == (LATE.format("trễ hạn", ""), "10:00 23/11/2026")


def test_a_named_time_on_hours_that_changed(keep, notice):
    """R38: a rescheduled time is counted as it was promised, and on the hours of today beside."""
    db = keep(PUT_OFF)
    assert [*cells(db, "--at", "2026-11-23T08:00").values()][:2] == [
        "15:00 25/11/2026",
        "còn 13 giờ làm việc",
    ]
    swapped = ("--at", "2026-11-23T08:00", "--notices", notice(SWAP))
    own, today = cells(db, *swapped)["Còn/quá"].split("; ")
    assert (own, today[:12]) == ("còn 13 giờ làm việc", "theo lịch A ")
    assert today.endswith(": còn 5 giờ 30 phút làm việc")
    assert "is now" not in shown(db, *swapped)
    passed = ("--at", "2026-11-30T08:00", "--notices", notice(SWAP))  # after the worked Saturday
    assert cells(db, *passed)["Còn/quá"] == "quá 19 giờ làm việc"


def test_the_marks_of_a_sweep_and_of_a_replay(db):
    """A sweep and a replay say of a lapse, and of a limit that runs, that they are in doubt."""
    answer = act("answer", "2026-11-24T08:00", LAN, text="Đã xem xét")
    for log, lang, said in (
        (HANDED_OVER, "en", "due 2026-11-23 10:00 (provisional)\n"),
        ([*HANDED_OVER, answer], "vi", "đã trễ hạn (tạm tính)\n"),
    ):
        assert said in run("replay", "-", "--lang", lang, given=text(log)).stdout
    told = run("sweep", "--db", db, "--at", "2026-11-24T16:00", "--lang", "vi").stdout
    assert "10:00 23/11/2026 (tạm tính)\n" in told


def test_at_a_moment_that_has_passed_a_case_is_as_it_was(db):
    """`list` and `case` leave out what happened after `--at`, and a case that came later."""
    key = rows(run("list", "--db", db, "--json"))[0]["case"]
    early, before, after = (("--at", f"2026-11-20T{at}") for at in ("14:49", "14:55", "15:00"))
    for words in (("list",), ("case", key), ("why", key)):
        assert "passed on" in run(*words, "--db", db, *after).stdout
        result = run(*words, "--db", db, *before)
        assert ("passed on" in result.stdout, result.stderr) == (False, "")
        assert "operator" in result.stdout
    assert run("list", "--db", db, *early).stdout == "no cases\n"
    for lang, said in (("en", "was received at 2026-11-20 14:50"), ("vi", "sau thời điểm")):
        result = run("case", key, "--db", db, *early, "--lang", lang)
        assert (result.exit_code, said in result.stderr) == (2, True)


def test_filters_and_order_look_back(keep):
    """What a case is by now says nothing of whether it met a filter then, or of its limit."""
    then = ("--db", keep(LOG), "--at", "2025-03-05T08:30", "--json")
    (was_with_operator,) = rows(run("list", *then, "--holder", "operator"))
    assert rows(run("list", *then, "--holder", "officer")) == []
    assert rows(run("list", *then, "--done")) == []
    assert rows(run("list", *then, "--order", "due")) == [was_with_operator]


ASKED = act("request_verification", "2026-11-25T07:30", LAN, agency="SO-1", focal="hoa",
            appointment="2026-11-27T09:00:00+07:00")  # fmt: skip
FOUND = act("report_findings", "2026-11-26T07:31", FOCAL | {"unit": "SO-1"}, text="Đúng")
ANSWER = act("answer", "2026-11-27T11:00", LAN, text="Rõ")
OFFICER_LATE = f"{LATE.format('đã trễ hạn', ', tạm tính')}: quá 5 giờ 30 phút làm việc"
AGENCY_LATE = (
    "cơ quan, đơn vị (SO-1) đã trễ hạn (hết hạn lúc 17 giờ 30 phút ngày 25/11/2026, "
    "khoản 2 Điều 9): quá 1 phút làm việc"
)


@pytest.mark.parametrize(("more", "at"), [([], "2026-12-04T10:00"), ([ANSWER], "2026-12-07T10:00")])
def test_a_missed_limit_grows_no_more_once_the_case_left(keep, more, at):
    """9.2: an agency that reports a minute late is late by a minute, under its own name.

    Days later, and after the answer, nothing has grown for the officer who has the case now.
    """
    db = keep([*HANDED_OVER, ASKED, FOUND, *more])
    found = cells(db, "--at", at)
    assert (found["Hạn"], found["Còn/quá"]) == ("-", "")
    assert found["Trễ hạn"] == f"{OFFICER_LATE}; {AGENCY_LATE}"
    told = shown(db, "--at", at, "--lang", "vi")
    assert f"{OFFICER_LATE}; {AGENCY_LATE}\n" in told
    assert "hết thời hạn 17 giờ 30 phút ngày 25/11/2026: cơ quan, đơn vị (SO-1) trễ hạn" in told
    assert "Còn/quá" not in told
    (plain,) = rows(run("list", "--db", db, "--json", "--at", at))
    assert [(each["ended_at"], each["over_us"]) for each in plain["lapses"]] == [
        ("2026-11-25T07:30:00+07:00", 19_800_000_000),
        ("2026-11-26T07:31:00+07:00", 60_000_000),
    ]


def test_how_late_it_was_is_counted_on_its_own_calendar(keep):
    """R15: where the calendar of the limit is not at hand, lateness is said and not counted."""
    db = keep([*HANDED_OVER, ANSWER])
    assert cells(db, "--hours", "VP")["Trễ hạn"] == LATE.format("đã trễ hạn", ", tạm tính")
    (found,) = rows(run("list", "--db", db, "--json", "--hours", "VP"))
    assert found["lapses"][0]["over_us"] is None
