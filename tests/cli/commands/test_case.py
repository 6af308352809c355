"""`phananh case`, `list` and `sweep`: what an office reads of its cases."""

import re
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, Person, Rules, Term, open_store
from phananh.articles import Article
from phananh.regulation.deadline import Limit
from tests.cli.log import CALL, LAN, LOG, OPERATOR, line
from tests.cli.terminal import list_cases, rows, run
from tests.desk import people as p

IN_TIME, TOO_LATE = "2025-03-05T15:00", "2025-03-06T09:00"


def test_nothing_personal_unasked(db):
    """Content, sender, texts and tracking code come with `--personal` only, and visibly."""
    for key in (row["case"] for row in list_cases(db)):
        for form in ((), ("--json",)):
            plain = run("case", key, "--db", db, *form).stdout
            full = run("case", key, "--db", db, "--personal", *form).stdout
            for secret in ("Mai", "0912345678", "thừa"):
                assert secret not in plain
                assert secret in full
            assert not {"\x1b", "\u202e"} & {*plain, *full}
            assert "code" not in plain


def test_the_accused_is_named_where_asked(keep):
    """8.1.c2: `--personal` says who may not handle the case, and the plain output does not."""
    accused = [{"id": "MC-3", "unit": "SO-1"}, {"id": None, "unit": "SO-2"}]
    kept = keep([line("receive", "c", "08:00", **CALL, accused=accused)])
    key = list_cases(kept)[0]["case"]
    full = run("case", key, "--db", kept, "--personal", "--lang", "vi").stdout
    assert "Người bị phản ánh         MC-3 (SO-1); chưa rõ (SO-2)\n" in full
    plain = run("case", key, "--db", kept, "--lang", "vi").stdout
    assert "người bị phản ánh thuộc SO-1, SO-2" in plain
    assert "MC-3" not in plain


def test_a_reschedule_names_both_times_of_both(keep):
    """9.3: the history has the citizen's old and new time, and the limit's old and new end."""
    agency = {"id": "hoa", "role": "agency", "unit": "so-tnmt"}
    asked = {"agency": "so-tnmt", "appointment": "2025-03-06T09:30:00+07:00"}
    put_off = line("reschedule", "c", "08:20", agency, to="2025-03-07T10:00:00+07:00", reason="Chờ")
    kept = keep([
        line("receive", "c", "08:00", **CALL),
        line("escalate", "c", "08:05", to=LAN),
        line("request_verification", "c", "08:10", LAN, **asked),
        put_off,
    ])  # fmt: skip
    told = run("case", list_cases(kept)[0]["case"], "--db", kept, "--lang", "vi").stdout
    assert (
        "hẹn lại tổ chức, cá nhân từ 09 giờ 30 phút ngày 06/3/2025 sang "
        "10 giờ 00 phút ngày 07/3/2025, "
        "thời hạn được điều chỉnh từ 08 giờ 10 phút ngày 06/3/2025 "
        "thành 10 giờ 00 phút ngày 07/3/2025, nhập vào hệ thống "
    ) in told


def test_a_kind_that_was_put_right_is_told_with_the_one_before(keep):
    """The history has both kinds of a `complete` that changes it."""
    kept = keep([
        line("receive", "c", "08:00", **CALL),
        line("complete", "c", "08:05", kind="proposal", language="vi"),
    ])  # fmt: skip
    told = run("case", list_cases(kept)[0]["case"], "--db", kept, "--lang", "vi").stdout
    assert (
        "sửa đổi, bổ sung ngôn ngữ và loại nội dung từ phản ánh về quy định hành chính thành kiến "
        "nghị, nhập vào hệ thống "
    ) in told


@pytest.mark.parametrize("words", [("case", "HB-1"), ("list",), ("sweep",)])
def test_no_database(tmp_path, words):
    """Without a database, or with a misspelt one, nothing is made and the way out is said."""
    assert "PHANANH_DB" in run(*words).stderr
    missing = tmp_path / "typo.db"
    for address in (str(missing), f"sqlite:///{missing}"):
        result = run(*words, "--db", address)
        assert result.exit_code == 2
        assert str(missing) in result.stderr
    assert [run(*words, "--db", each).exit_code for each in ("a\0b", "ftp://x")] == [2, 2]
    assert list(tmp_path.iterdir()) == []


def test_a_case_of_other_rules_is_shown_as_it_was_recorded(tmp_path):
    """A case of rules that the command line was not given is shown, with a word that says so."""
    path = str(tmp_path / "other.db")
    rules = attrs.evolve(HOA_BINH_2019, name="OTHER", silent_warning=timedelta(hours=1))
    desk = Desk(store=open_store(path), rules=rules, clock=p.Hand())
    case = p.with_officer(desk)
    desk.store.close()
    for lang, word in (("vi", "hiển thị như đã ghi"), ("en", "shown as it was recorded")):
        for command in (("case", case.id), ("list",)):
            shown = run(*command, "--db", path, "--lang", lang)
            assert shown.exit_code == 0
            assert case.id in shown.stdout
            assert f"{word}: " in shown.stderr
            assert shown.stderr.count(case.rules) == 1
    [row] = rows(run("list", "--db", path, "--json"))
    assert (row["state"], row["cautions"]) == ("escalated", [])


def test_a_sweep_names_what_it_cannot_read(db):
    """A history that is damaged is named on standard error, and the command ends with 3."""
    [key] = [row["case"] for row in list_cases(db, "--at", IN_TIME) if row["state"] == "escalated"]
    with closing(sqlite3.connect(db)) as raw, raw:
        raw.execute("update phananh_event set body = '{' where case_id = ?", (key,))
    for lang, word in (("en", "not swept: "), ("vi", "chưa rà soát được: ")):
        told = run("sweep", "--db", db, "--at", TOO_LATE, "--lang", lang)
        assert (told.exit_code, told.stdout.endswith(": 0\n")) == (3, True)
        assert told.stderr.startswith(word)
        assert key in told.stderr


def test_what_is_unmet_is_listed_with_clause_and_guidance(keep):
    """What the request lacks stands with clause and guidance while the case is open (Art. 6)."""
    receive = {**LOG[0], "sender": {}, "language": "en"}
    reject = {"act": "reject", "case": "c1", "at": "2025-03-05T09:00:00+07:00", "by": OPERATOR,
              "reasons": ["not_vietnamese"], "guidance": "Gửi lại"}  # fmt: skip
    path = keep([receive])
    asked = ("case", list_cases(path)[0]["case"], "--db", path, "--at", "2025-03-05T10:00")
    assert [line.split("  ")[-1].strip() for line in run(*asked).stdout.splitlines()[9:12]] == [
        "it is not in Vietnamese (Art. 6(a)): send it again in Vietnamese",
        "the sender's name is missing (Art. 6(c)): give the name",
        "there is no usable way to reply (Art. 6(c)): give a phone number, an e-mail or a postal "
        "address",
    ]
    spoken = " ".join(run(*asked, "--lang", "vi").stdout.split())
    first = "không sử dụng tiếng Việt (điểm a Điều 6): đề nghị Ông/Bà gửi lại bằng tiếng Việt"
    assert f"Chưa đáp ứng {first}" in spoken
    unmet = rows(run(*asked, "--json"))[0]["unmet"]
    assert [row["code"] for row in unmet] == ["not_vietnamese", "no_name", "no_contact"]
    asked_for = "đề nghị Ông/Bà cho biết họ tên hoặc tên tổ chức"
    assert unmet[1]["guidance"] == {"vi": asked_for, "en": "give the name"}
    keep([receive, reject])
    assert "Unmet" not in run(*asked).stdout
    assert rows(run(*asked, "--json"))[0]["unmet"] == []


def test_what_was_completed_is_named_and_not_told(keep):
    """10.2.a: the history names the fields that were added; what they hold needs --personal."""
    added = {
        "act": "complete",
        "case": "a",
        "at": "2025-03-05T08:05:00+07:00",
        "by": OPERATOR,
        "content": "Quầy số 3",
        "sender": {"phone": "0218 383 1022"},
    }
    call = {
        "act": "receive",
        "case": "a",
        "at": "2025-03-05T08:00:00+07:00",
        "by": OPERATOR,
        **CALL,
    }
    path = keep([call, added])
    shown = run("case", list_cases(path)[0]["case"], "--db", path, "--lang", "vi").stdout
    last = shown.splitlines()[-1]
    assert "sửa đổi, bổ sung nội dung phản ánh, kiến nghị và thông tin liên hệ, nhập vào" in last
    assert "Quầy số 3" not in shown
    assert (
        "Quầy số 3" in run("case", list_cases(path)[0]["case"], "--db", path, "--personal").stdout
    )


MONDAY = datetime(2026, 3, 2, 9, tzinfo=p.VIETNAM)


def limit(term, article):
    """Return a limit in days under a clause."""
    return Limit(budget=term, article=Article(article), since=date(2025, 1, 1))


@pytest.fixture
def in_days(tmp_path):
    """Return a database with one case that the officer has two working days for."""
    rules = Rules(
        name="DAYS",
        officer_limit=limit(Term.working_days(2), "9.1"),
        agency_limit=limit(Term.working_days(5, ends="closing"), "9.2"),
    )
    path = str(tmp_path / "days.db")
    desk = Desk(store=open_store(path), rules=rules, clock=lambda: MONDAY)
    p.with_officer(desk)
    attrs.evolve(desk, clock=lambda: MONDAY.replace(month=4)).sweep()
    desk.store.close()
    return path


def test_the_last_day_ends_at_24_00(in_days):
    """A limit that ends with its last day is shown at 24:00 of that day, wherever it is shown."""
    [row] = rows(run("list", "--db", in_days, "--json"))
    told = run("case", row["case"], "--db", in_days, "--lang", "en").stdout
    assert re.search(r"^Due +2026-03-04 24:00$", told, re.MULTILINE)
    assert "late, was due 2026-03-04 24:00" in told
    assert "(U-1), due 2026-03-04 24:00 (" in told
    assert "Due: the end of Wednesday 2026-03-04 (24:00, Civil Code 2015, Article 148(6))." in told
    assert "24:00 04/03/2026" in run("list", "--db", in_days, "--lang", "vi").stdout


def test_a_limit_at_closing_and_a_time_that_was_named(in_days):
    """What ends at closing, or was named to the citizen, is shown as the time that it is."""
    with open_store(in_days) as store:
        rules = Rules(
            name="DAYS",
            officer_limit=limit(Term.working_days(2, ends="closing"), "9.1"),
            agency_limit=limit(Term.working_days(1), "9.2"),
        )
        desk = Desk(store=store, rules=rules, clock=lambda: MONDAY)
        closing = p.with_officer(desk).id
        agency = Person(id="AG-1", role="agency", unit="U-2")
        named = desk.request_verification(
            p.with_officer(desk), agency="U-2", appointment=MONDAY + p.HOUR, by=p.OFFICER
        )
        desk.reschedule(
            named, to=datetime(2026, 3, 7, tzinfo=p.VIETNAM), reason="Chờ hồ sơ", by=agency
        )
    shown = [
        run("case", key, "--db", in_days, "--lang", "en").stdout for key in (closing, named.id)
    ]
    assert re.search(r"^Due +2026-03-04 17:30$", shown[0], re.MULTILINE)
    assert re.search(r"^Due +2026-03-07 00:00$", shown[1], re.MULTILINE)


def test_why_says_how_each_step_ended_its_limit(keep):
    """9.1, 9.2: what came in time, what came late and by how much, and what may come next."""
    agency = {"id": "hoa", "role": "agency", "unit": "so-tnmt"}
    asked = {"agency": "so-tnmt", "appointment": "2025-03-07T09:30:00+07:00"}
    reported = line("report_findings", "c", "08:10", agency, text="Có")
    kept = keep([
        line("receive", "c", "08:00", **CALL),
        line("complete", "c", "08:01", about_unit="so-1", accused=[{"id": "x", "unit": "so-1"}]),
        line("escalate", "c", "08:05", to=LAN),
        line("notify_unit", "c", "08:06", {"id": "ld", "role": "leadership"}, unit="so-1"),
        line("request_verification", "c", "08:10", LAN, **asked),
        {**reported, "at": "2025-03-06T09:10:00+07:00"},
    ])  # fmt: skip
    key = list_cases(kept)[0]["case"]
    (why,) = rows(run("why", key, "--db", kept, "--json"))
    assert [(s["event"], s["article"], s["ended"]) for s in why["steps"]] == [
        ("Received", "7.1", None),
        ("Completed", "10.2.a", None),
        ("Escalated", "8.1.b", None),
        ("UnitNotified", "8.1.c2", None),
        ("VerificationRequested", "8.1.c1", "in_time"),
        ("Lapsed", "9.2", "late"),
        ("FindingsReported", "8.1.c1", "late"),
    ]
    assert [s["due"] and s["due"][:16] for s in why["steps"]] == [
        None, None, *["2025-03-05T15:05"] * 2, *["2025-03-06T08:10"] * 2, None,
    ]  # fmt: skip
    following = {step["act"]: (step["roles"], step["article"]) for step in why["next"]}
    assert following["answer"] == (["officer"], "8.1.c1")
    assert following["report_outcome"] == (["agency", "agency_head"], "8.1.c2")
    assert "reschedule" not in following
    late = "trễ hạn: cơ quan, đơn vị (so-tnmt) quá 1 giờ làm việc"
    assert late in run("why", key, "--db", kept, "--lang", "vi").stdout
    with open_store(kept) as store:  # R50: neither the lapse nor what ended it is late any more
        Desk(store=store).lift_lapse(key, text="x", by=Person(id="ld", role="leadership"))
    told = run("why", key, "--db", kept, "--lang", "vi").stdout
    assert (told.count("trễ hạn: đã bỏ đánh dấu"), told.count("trễ hạn: ")) == (2, 2)


def test_why_ends_a_lateness_with_whose_it_is(keep):
    """R51: an accused's with the accusation, and their unit's when it leaves the unit."""
    head = {"id": "h", "role": "agency_head", "unit": "so-1"}
    kept = keep([
        line("receive", "c", "08:00", **CALL),
        line("escalate", "c", "08:05", to=LAN | {"unit": "so-1"}),
        line("complete", "c", "16:05", accused=[{"id": "lan", "unit": "so-1"}]),
        line("reassign", "c", "16:20", head, to={"id": "an"}),
        line("complete", "c", "16:30", accused=[{"id": "an", "unit": "so-1"}]),
        line("reassign", "c", "16:45", head, to={"id": "ba"}),
        line("answer", "c", "17:15", LAN | {"id": "ba", "unit": "so-1"}, text="x"),
    ])  # fmt: skip
    told = run("why", list_cases(kept)[0]["case"], "--db", kept, "--lang", "vi").stdout
    assert re.findall(r"^(\d) .* trễ hạn: (.*)$", told, re.MULTILINE) == [
        ("4", "công chức, viên chức bộ phận một cửa lan (so-1) quá 1 giờ làm việc"),
        ("8", "cơ quan, đơn vị (so-1) quá 1 giờ 10 phút làm việc"),
    ]  # fmt: skip


def test_why_is_written_as_a_page(db, tmp_path):
    """The page says what the terminal does, names nobody outside the offices, and loads nothing."""
    key, page = list_cases(db)[0]["case"], tmp_path / "why.html"
    done = run("why", key, "--db", db, "--at", TOO_LATE, "--lang", "vi", "--html", str(page))
    written = page.read_text("utf-8")
    for words in ("Quá trình xử lý", key, "khoản 1 Điều 9", "đánh dấu trễ hạn", "size: A4"):
        assert words in written
    cells = re.findall(r"<t[dh]>(.*?)</t[dh]>", written)
    assert {cell for cell in cells if cell} <= {
        c for line in done.stdout.splitlines() for c in re.split(r"  +", line)
    }
    for absent in ("Mai", "0912345678", "thừa", "http", "<script", "src="):
        assert absent not in written
    assert run("why", key, "--db", db, "--html", str(tmp_path)).exit_code == 2
    closed = list_cases(db)[1]["case"]
    assert "Cách tính thời hạn" not in run("why", closed, "--db", db, "--lang", "vi").stdout


def test_why_of_rules_that_were_not_given(keep):
    """A case of other rules is shown as it was recorded, without what may come next."""
    kept = keep(LOG)
    with open_store(kept) as store:
        own = attrs.evolve(HOA_BINH_2019, name="OWN")
        case = Desk(store=store, rules=own).receive(
            kind="proposal", channel="phone", content="x", by=Person(id="thu", role="operator")
        )
    done = run("why", case.id, "--db", kept)
    assert "OWN" in done.stderr
    assert "What can come next" not in done.stdout
