"""What `case` says to a clerk: keys in small letters, the system without its id, the merger."""

import pytest

from tests.cli.log import CALL, LAN, LOG, OPERATOR, line
from tests.cli.terminal import rows, run


def _key(db):
    return rows(run("list", "--db", db, "--json"))[0]["case"]


def test_a_key_may_be_typed_in_small_letters(db):
    """The id, typed as people type it, finds the case; another is still not found."""
    key = _key(db)
    assert run("case", key.lower(), "--db", db).stdout == run("case", key, "--db", db).stdout
    wrong = run("case", "hb-0000-0000000000", "--db", db, "--lang", "vi")
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("phananh: không có phản ánh, kiến nghị 'hb-0000-0000000000'; ")


def test_the_system_has_no_name(db):
    """A lapse is recorded by the system; the id it is stored under is no word for a reader."""
    assert run("sweep", "--db", db, "--at", "2025-03-06T09:00").exit_code == 0
    shown = run("case", _key(db), "--db", db, "--at", "2025-03-06T09:00", "--lang", "vi").stdout
    assert "Hệ thống phần mềm" in shown
    assert "Hệ thống phần mềm clock" not in shown


def test_the_reasons_say_that_the_province_was_merged(keep, db):
    """A deadline of 2026 ends with the caution on the merger, one of March 2025 has none (R29)."""
    log = [
        {"act": "receive", "case": "c", "at": "2026-03-04T08:50:00+07:00", "by": OPERATOR, **CALL},
        {
            "act": "escalate", "case": "c", "at": "2026-03-04T09:00:00+07:00", "by": OPERATOR,
            "to": LAN,
        },
    ]  # fmt: skip
    path = keep(log, name="new.db")
    asked = ("--at", "2026-03-04T10:00", "--lang", "vi")
    told = run("case", _key(path), "--db", path, *asked).stdout
    assert (
        "\nLưu ý: tiếp nhận từ khi Hòa Bình sáp nhập vào Phú Thọ (01/07/2025): "
        "kiểm tra quy định hiện hành.\n"
    ) in told
    old = run("case", _key(db), "--db", db, "--at", "2025-03-05T15:00", "--lang", "vi").stdout
    assert "Căn cứ khoản 1 Điều 9 Quy chế ban hành kèm theo Quyết định số 2370/QĐ-UBND ngày" in old
    assert "sáp nhập" not in old


def test_what_is_unmet_is_listed_with_clause_and_guidance(keep):
    """What the request lacks stands with clause and guidance while the case is open (Art. 6)."""
    receive = {**LOG[0], "sender": {}, "language": "en"}
    reject = {"act": "reject", "case": "c1", "at": "2025-03-05T09:00:00+07:00", "by": OPERATOR,
              "reasons": ["not_vietnamese"], "guidance": "Gửi lại"}  # fmt: skip
    path = keep([receive])
    asked = ("case", _key(path), "--db", path, "--at", "2025-03-05T10:00")
    assert [line.split("  ")[-1].strip() for line in run(*asked).stdout.splitlines()[9:12]] == [
        "it is not in Vietnamese (Art. 6(a)): send it again in Vietnamese",
        "the sender's name is missing (Art. 6(c)): give the name",
        "there is no usable way to reply (Art. 6(c)): give a phone number, an e-mail or a postal "
        "address",
    ]
    spoken = " ".join(run(*asked, "--lang", "vi").stdout.split())
    first = "không sử dụng tiếng Việt (điểm a Điều 6): gửi lại bằng tiếng Việt"
    assert f"Chưa đáp ứng {first}" in spoken
    unmet = rows(run(*asked, "--json"))[0]["unmet"]
    assert [row["code"] for row in unmet] == ["not_vietnamese", "no_name", "no_contact"]
    assert unmet[1]["guidance"] == {"vi": "cho biết họ tên hoặc tên tổ chức", "en": "give the name"}
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
    shown = run("case", _key(path), "--db", path, "--lang", "vi").stdout
    assert shown.splitlines()[-1].endswith(
        "bổ sung nội dung phản ánh, kiến nghị và thông tin liên hệ (điểm a khoản 2 Điều 10)"
    )
    assert "Quầy số 3" not in shown
    assert "Quầy số 3" in run("case", _key(path), "--db", path, "--personal").stdout


@pytest.mark.parametrize("command", ["case", "list"])
def test_what_an_office_reads_of_a_missed_appointment(keep, command):
    """8.1.c1: the time named is over, and whoever has the case now heads its column."""
    asked = line("request_verification", "c1", "09:10", LAN, agency="so-tnmt",
                 appointment="2025-03-06T09:00:00+07:00")  # fmt: skip
    db = keep([*LOG[:2], asked])
    key = [rows(run("list", "--db", db, "--json"))[0]["case"]] if command == "case" else []
    told = run(command, *key, "--db", db, "--at", "2025-03-06T10:00", "--lang", "vi").stdout
    assert "Người, đơn vị đang xử lý" in told
    assert "quá thời gian đã hẹn trả lời tổ chức, cá nhân" in told
    assert "lỡ" not in told
    swept = run("sweep", "--db", db, "--at", "2025-03-06T08:00", "--lang", "vi").stdout
    assert swept == "số PAKN ghi trễ hạn: 0\n"
