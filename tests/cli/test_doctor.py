"""`phananh doctor`: how old the knowledge is, what lies below, and what needs attention."""

import platform
from importlib.metadata import version

from phananh.worktime.crosscheck import CORRECTIONS, Crosscheck, Difference
from phananh.worktime.official import COMPILED_ON
from tests.cli.terminal import rows, run

AT = ("--at", f"{COMPILED_ON}T08:00")


def test_all_is_well_on_the_day_of_the_table():
    """On the day on which the table was made nothing needs attention."""
    result = run("doctor", *AT)
    assert result.exit_code == 0
    assert f"knowledge of days: of {COMPILED_ON}, 0 days old" in result.stdout
    covered = "days from 1976-01-01 to 2100-12-31; notices looked up from 2018-12-31 on\n"
    assert covered in result.stdout
    assert "not settled: 2026-11-28 (đề xuất hoán đổi 23/11/2026)" in result.stdout
    assert "not settled: every day after 2026-12-31" in result.stdout
    assert result.stdout.endswith("all is well\n")


def test_the_facts():
    """As JSON: dates, releases, the differences with their reasons, and where zones come from."""
    (facts,) = rows(run("doctor", "--json", *AT))
    assert (facts["today"], facts["age_days"]) == (str(COMPILED_ON), 0)
    assert facts["holidays"] == version("holidays")
    assert facts["python"] == platform.python_version()
    assert {row["date"]: row["why"] for row in facts["differences"]} == {
        day.isoformat(): why for day, why in CORRECTIONS.items()
    }
    assert facts["differences"][0]["ours"] == "off"
    assert facts["differences"][0]["holidays"] == "open"
    assert facts["covered"] == ["1976-01-01", "2100-12-31"]
    assert (facts["known_from"], facts["known_through"]) == ("2018-12-31", "2026-12-31")
    assert facts["zones"]
    assert facts["attention"] == []


def test_what_is_settled_or_past_is_not_named():
    """A proposal whose days are over, or that a notice settled, is not among the unsettled."""
    (before,) = rows(run("doctor", "--json", "--at", "2026-11-20T08:00"))
    (on_the_day,) = rows(run("doctor", "--json", "--at", "2026-11-28T08:00"))
    (after,) = rows(run("doctor", "--json", "--at", "2026-12-01T08:00"))
    assert [row["date"] for row in on_the_day["unsettled"]] == ["2026-11-28"]
    assert [row["date"] for row in before["unsettled"]] == ["2026-11-23", "2026-11-28"]
    assert after["unsettled"] == []


def test_knowledge_that_ran_out_needs_attention():
    """After the last day known, or half a year after the table, the exit code is 3."""
    late = run("doctor", "--at", "2027-01-02T08:00")
    assert late.exit_code == 3
    assert "attention: the days known ended on 2026-12-31; look for a newer" in late.stdout
    old = run("doctor", "--at", "2027-05-25T08:00", "--lang", "vi")
    assert (old.exit_code, "cần xem: hiểu biết đã 181 ngày" in old.stdout) == (3, True)
    assert "180 days old; look" not in run("doctor", "--at", "2027-05-24T08:00").stdout
    assert run("doctor", "--at", "2026-12-31T17:00").exit_code == 0


def test_own_notices_count(tmp_path):
    """With a notice that settles the next year, the days known do not end with this one."""
    path = tmp_path / "own.toml"
    path.write_text(
        'format = 1\n[[notice]]\ndocument = "1/TB"\nissued = 2026-12-01\n'
        "known_through = 2027-12-31\n"
    )
    result = run("doctor", "--at", "2027-01-02T08:00", "--notices", str(path))
    assert result.exit_code == 0
    assert "not settled: every day after 2027-12-31" in result.stdout


def test_news_of_the_package_needs_attention(monkeypatch):
    """A difference that nobody explains, and a correction that is not needed, are told."""
    found = Crosscheck(
        differences=(Difference(date=COMPILED_ON, ours="open", package="off"),),
        needless=(COMPILED_ON,),
    )
    monkeypatch.setattr("phananh.cli.doctor.crosscheck", lambda: found)
    result = run("doctor", *AT)
    assert result.exit_code == 3
    assert f"  {COMPILED_ON}: open here, off there (nobody knows why)" in result.stdout
    release = version("holidays")
    assert f"attention: holidays {release} differs on {COMPILED_ON} and" in result.stdout
    assert f"attention: holidays {release} has learnt of {COMPILED_ON}" in result.stdout
