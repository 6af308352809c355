"""A report counts each case once, and the same whenever it is made (Art. 3.1, 9, 12.1, 14, 15)."""

from datetime import date, datetime, timedelta
from itertools import islice

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    Desk,
    InputError,
    MemoryStore,
    Person,
    vietnam_calendar,
)
from phananh.articles import Article
from phananh.office.conduct import list_conduct
from phananh.office.directory import Directory
from phananh.office.report import BREAKDOWNS, COUNTS, OUTCOMES, By, Report, make_report
from phananh.office.report_sheet import ReportSheet
from phananh.regulation import acts as a
from phananh.regulation.acts import Answer, Complete, Escalate, Reschedule
from phananh.regulation.case import fold
from phananh.regulation.cautions import find_cautions
from phananh.regulation.deadline import Limit
from phananh.regulation.events import Answered, Rejected
from phananh.samples import draw_changes
from tests.desk import people as p

DAY = timedelta(days=1)
MARCH = p.MORNING.replace(day=1, hour=0)
APRIL = MARCH.replace(month=4)
HEAD = Person(id="HD-1", role="agency_head", unit="U-1")
LEADER = Person(id="GD-1", role="leadership")


def list_counts(report: Report) -> dict[str, float]:
    """Return what is not zero in all."""
    return {name: count for name, count in report.total.counts.items() if count}


def show(desk: Desk, by: By, *names: str) -> dict[str | None, tuple[object, ...]]:
    """Return these numbers of each line of the report of March."""
    rows = make_report(desk, since=MARCH, before=APRIL, by=by).rows
    return {row.group: tuple(row.find(name) for name in names) for row in rows}


@pytest.fixture
def desk(hand: p.Hand) -> Desk:
    """Return a desk with that clock."""
    return Desk(clock=hand)


@pytest.fixture(scope="module")
def drawn() -> Desk:
    """Return a desk with 400 sample cases of half a year, which ends with June 2025."""
    store, end = MemoryStore(), datetime(2025, 6, 30, 17, tzinfo=p.VIETNAM)
    changes = draw_changes(400, since=end - 180 * DAY, until=end)
    while some := [*islice(changes, 500)]:
        store.commit(some)
    return Desk(store=store, clock=lambda: end + DAY)


def test_each_case_stands_once_in_each_breakdown(drawn: Desk) -> None:
    """3.1, 14: what was carried over or received is what came of it, in each line and in all."""
    for month in range(1, 7):
        since = datetime(2025, month, 1, tzinfo=p.VIETNAM)
        before = since.replace(month=month + 1)
        totals = []
        for by in BREAKDOWNS:
            report = make_report(drawn, since=since, before=before, by=by, with_cases=True)
            for row in (*report.rows, report.total):
                known = row.counts["carried_over"] + row.counts["received"]
                assert known == sum(row.counts[name] for name in OUTCOMES)
            in_all = {name: sum(row.counts[name] for row in report.rows) for name in COUNTS}
            assert in_all == pytest.approx(report.total.counts)
            cases = [case for row in report.rows for name in OUTCOMES
                     for case in row.cases.get(name, ())]  # fmt: skip
            assert len(cases) == len({*cases}) == sum(in_all[name] for name in OUTCOMES)
            totals.append(list_counts(report))
        assert totals == [totals[0]] * len(BREAKDOWNS)


def test_outcomes_are_those_of_the_histories(drawn: Desk) -> None:
    """Outcome and cautions of each case are what its history says at the end of the period."""
    seen, slugs = set[str](), ("waiting", "silent", "unit_not_told")
    for month in range(1, 7):
        since = datetime(2025, month, 1, tzinfo=p.VIETNAM)
        before = since.replace(month=month + 1)
        report = make_report(drawn, since=since, before=before, with_cases=True)
        found = {case: name for name in OUTCOMES for case in report.total.cases.get(name, ())}
        marked = {(name, case) for name in slugs for case in report.total.cases.get(name, ())}
        wanted, cautions = {}, set()
        for row in drawn.find(limit=1000, received_before=before).rows:
            events = [each for each in drawn.history(row.case) if each.at <= before]
            case = drawn.as_of(fold(events), at=before)
            ends = [each.at for each in events if isinstance(each, Answered | Rejected)]
            if ends and ends[-1] < since:
                continue
            outcome = "open" if not ends else "answered"
            late = "_late" if case.is_late else "_in_time"
            wanted[case.id] = "refused" if case.reasons else outcome + late
            has = find_cautions(case, drawn.context_of(case, before))
            cautions |= {(slug, case.id) for slug in slugs if slug in has}
        assert (found, marked) == (wanted, cautions)
        seen |= {*found.values(), *(slug for slug, _ in marked)}
    assert seen == {*OUTCOMES, *slugs} - {"withdrawn", "unit_not_told"}


def test_a_month_counts_what_happened_in_it(hand: p.Hand, desk: Desk) -> None:
    """12.1, 15: late is who had it then, and a promise put off and one missed count apart."""
    asked = p.with_agency(desk, hand)
    hand.at += 2 * p.HOUR
    to = asked.due + 2 * DAY
    desk.reschedule(asked.id, to=to, reason="x", by=p.AGENCY)
    hand.at = to + DAY
    desk.report_findings(asked.id, text="x", by=p.AGENCY)
    desk.answer(asked.id, text="x", by=p.OFFICER)
    desk.publish(asked.id, text="Đã xong", by=p.OPERATOR)
    desk.rate(desk.get(asked.id).code, score=4, by=p.CITIZEN)
    refused = p.a_case(desk)
    desk.reject(refused, reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.send_back(p.with_officer(desk), text="x", by=p.OFFICER)
    report = make_report(desk, since=MARCH, before=APRIL, by="unit", with_cases=True)
    assert report.as_of == hand.at
    counts = list_counts(report)
    assert counts == {
        "received": 3, "refused": 1, "answered_late": 1, "open_in_time": 1, "late_agency": 1,
        "late_as_promised": 1, "sent_back": 1, "rescheduled": 1, "rescheduled_days": 2,
        "met": 1, "missed": 1, "first_words": 2, "rated": 1, "stars": 4, "published": 1,
    }  # fmt: skip
    (agency,) = (row for row in report.rows if row.group == "U-2")
    assert {name for name, count in agency.counts.items() if count} == {
        "late_agency", "late_as_promised", "rescheduled", "rescheduled_days",
    }  # fmt: skip
    assert agency.cases["late_agency"] == (asked.id,)
    (named,) = report.total.cases["published"]
    desk.unpublish(named, text="x", by=p.OPERATOR)
    assert make_report(desk, since=MARCH, before=APRIL).total.counts["published"] == 0
    desk.publish(named, text="x", by=p.OPERATOR)
    assert make_report(desk, since=MARCH, before=APRIL).total.counts["published"] == 1
    for reasons in (["unclear", "outside_article_4"], ["outside_article_4", "unclear"]):
        desk.reject(p.a_case(desk), reasons=reasons, guidance="x", by=p.OPERATOR)
    grounds = make_report(desk, since=MARCH, before=APRIL, by="ground").rows
    refused = {row.group: row.counts["refused"] for row in grounds if row.counts["refused"]}
    assert refused == {"unclear": 1, "outside_article_4, unclear": 2}


def test_a_past_report_stays_the_same() -> None:
    """15: what was entered later is left out, and a limit that ran out unmarked is late too."""
    hand = p.Hand(p.MORNING.replace(day=31))
    desk = Desk(clock=hand)
    late, soon = p.with_officer(desk), p.with_officer(desk)
    hand.at = APRIL + DAY / 2
    before = list_counts(make_report(desk, since=MARCH, before=APRIL))
    assert before == {"received": 2, "open_late": 2, "late_officer": 2, "late_as_promised": 2}
    desk.do(soon, Answer(text="x", by=p.OFFICER, at=soon.due))
    p.a_case(desk, at=APRIL - p.HOUR)
    desk.answer(late, text="x", by=p.OFFICER)
    again = make_report(desk, month="2026-03")
    assert (list_counts(again), again.entered_after) == (before, 2)
    assert "của 2 PAKN" in ReportSheet(report=again).html()
    later = list_counts(make_report(desk, since=MARCH, before=APRIL, as_of=hand.at))
    assert later == {
        "received": 3, "open_late": 1, "answered_in_time": 1, "open_in_time": 1,
        "met": 1, "entered_late": 1, "late_officer": 1, "late_as_promised": 1,
        "first_words": 1, "first_word_hours": (soon.due - soon.received_at) / p.HOUR,
    }  # fmt: skip
    after = list_counts(make_report(desk, since=APRIL, before=APRIL + 30 * DAY))
    assert (after["carried_over"], after["answered_late"]) == (2, 1)
    desk.lift_lapse(late.id, text="x", by=LEADER)
    after = list_counts(make_report(desk, since=MARCH, before=APRIL, as_of=hand.at))
    assert {name for name in after if "late" in name or name == "lifted"} == {"entered_late"}


def test_a_past_report_takes_in_that_a_limit_was_moved() -> None:
    """R37: a notice of a day off, recalculated after the period, leaves nobody late."""
    hand = p.Hand(datetime(2025, 12, 31, 15, tzinfo=p.VIETNAM))
    desk = Desk(clock=hand, calendar=vietnam_calendar("A", as_of=date(2025, 12, 24)))
    due = p.with_officer(desk).due
    hand.at = due + 3 * DAY - 2 * p.HOUR
    desk.with_calendars(vietnam_calendar("A")).recalculate(dry_run=False)
    found = [make_report(desk, since=due - 2 * DAY, before=due + DAY, as_of=each).total.counts
             for each in (None, hand.at)]  # fmt: skip
    assert [(each["open_late"], each["late_officer"]) for each in found] == [(1, 1), (0, 0)]


def test_a_past_report_has_the_kinds_of_its_time() -> None:
    """R56: a complaint that is found in April is still a report on a rule in that of March."""
    hand = p.Hand(p.MORNING.replace(day=31))
    desk = Desk(clock=hand)
    case = p.with_officer(desk)
    hand.at = APRIL + DAY / 2
    desk.complete(case, kind="complaint", by=p.OPERATOR)
    kinds = [
        [each.group for each in make_report(desk, since=since, before=since + 30 * DAY).rows]
        for since in (APRIL - 30 * DAY, APRIL)
    ]
    assert kinds == [["regulation"], ["complaint"]]


def test_what_is_no_period_is_refused() -> None:
    """A period ends after it begins, a month is one, and so is a breakdown, or a reader."""
    wrongs = ({"before": MARCH}, {"by": "sender"}, {"month": "2026-13"}, {"since": None},
              {"month": "9999-12"}, {"for_": "OF-1"})  # fmt: skip
    fields = ("before", "by", "month", "since", "month", "for_")
    for wrong, field in zip(wrongs, fields, strict=True):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            make_report(Desk(), **{"since": MARCH, "before": APRIL, **wrong})
        assert caught.value.field == field


def test_limits_are_scored_by_who_had_them(hand: p.Hand, desk: Desk) -> None:
    """Art. 14: 2 points if all limits were met, 1 if 90 % were, 0 for less or an open late case."""
    units = [
        {"id": "U-1", "name": "Sở Mẫu", "kind": "department"},
        {"id": "U-2", "name": "Bảo hiểm xã hội mẫu", "kind": "central", "until": "31/03/2026"},
        {"id": "U-2", "name": "Tên sau này", "kind": "department", "since": "01/04/2026"},
    ]
    people = [{"id": "OF-1", "name": "Công Chức Mẫu", "role": "officer", "unit": "U-1"}]
    asked = p.with_agency(desk, hand)
    for case in [p.with_officer(desk) for _ in range(9)]:
        desk.answer(case, text="x", by=p.OFFICER)
    named = Desk(
        store=desk.store, clock=hand, directory=lambda: Directory.read(units=units, people=people)
    )

    def score(by: By) -> dict[str | None, tuple[object, ...]]:
        rows = make_report(named, since=MARCH, before=APRIL, by=by).rows
        return {row.group: (row.name, row.is_central, row.rates["in_time_share"],
                            row.rates["points"]) for row in rows}  # fmt: skip

    assert score("unit")["U-1"] == ("Sở Mẫu", False, 1, 2)
    assert score("officer")["OF-1"] == ("Công Chức Mẫu", False, 1, 2)
    hand.at = asked.due + p.HOUR
    assert score("unit")["U-2"] == ("Bảo hiểm xã hội mẫu", True, 0, 0)
    late = p.with_officer(desk)
    hand.at = late.due + p.HOUR
    assert score("unit")["U-1"] == ("Sở Mẫu", False, 10 / 11, 0)
    desk.reassign(late, to=Assignee(id="OF-2"), by=HEAD)
    assert (score("unit")["U-1"][3], score("officer")["OF-1"][3]) == (0, 1), "the unit has it"
    desk.answer(late.id, text="x", by=Person(id="OF-2", role="officer"))
    assert score("unit")["U-1"][2:] == (10 / 11, 1)
    desk.report_findings(asked.id, text="x", by=p.AGENCY)
    second = p.with_officer(desk)
    hand.at = second.due + p.HOUR
    desk.answer(second, text="x", by=p.OFFICER)
    assert score("unit")["U-1"][2:] == (10 / 12, 0)


def test_a_report_is_plain_numbers() -> None:
    """JSON has numbers as numbers."""
    plain = make_report(Desk(), since=MARCH, before=APRIL).as_dict()
    assert {type(each) for each in plain["total"]["counts"].values()} <= {int, float}
    assert plain["total"]["rates"]["done_share"] is None


def test_a_case_does_not_count_for_its_accused(desk: Desk) -> None:
    """8.1.c2: a leader who is accused learns of no such case from a report, however spelled."""
    desk.complete(p.a_case(desk), accused=[Accused(id="LD-1", unit="U-9")], by=p.OPERATOR)
    p.a_case(desk)
    for reader, count in (("ld-1", 1), ("LD-2", 2)):
        leader = Person(id=reader, role="leadership")
        report = make_report(desk, since=MARCH, before=APRIL, with_cases=True, for_=leader)
        assert len(report.total.cases["received"]) == count


def test_a_case_stands_with_who_has_it(hand: p.Hand, desk: Desk) -> None:
    """With a limit or without one, after findings, sent back, and with another person (R51).

    Who answers as the holder counts for the unit that has the case, whatever unit they name.
    """
    provider = Person(id="BD-1", role="provider", unit="Bưu điện")
    desk.escalate(p.a_case(desk, kind="service"), to=provider, by=p.OPERATOR)
    desk.report_findings(p.with_agency(desk, hand), text="x", by=p.AGENCY)
    given = desk.reassign(p.with_officer(desk), to=Assignee(id="OF-2"), by=HEAD)
    desk.send_back(p.with_officer(desk), text="x", by=p.OFFICER)
    hand.at = given.due
    desk.answer(given, text="x", by=Person(id="of-2", role="officer", unit="U-9"))

    assert show(desk, "unit", "received", "met") == {
        "Bưu điện": (1, 0),
        "U-1": (2, 2),
        "U-2": (0, 1),
        None: (1, 0),
    }
    assert show(desk, "officer", "received", "met") == {
        "BD-1": (1, 0), "OF-1": (1, 1), "OF-2": (1, 1), None: (1, 1)
    }  # fmt: skip


def test_points_are_lost_by_who_was_late_and_still_has_the_case(hand: p.Hand, desk: Desk) -> None:
    """14, R51: a case that was late with another costs its present holder no points."""
    given, asked, back = p.with_officer(desk), p.with_agency(desk, hand), p.with_officer(desk)
    hand.at += DAY * 2
    names = ("open_late", "late_officer", "late_agency", "points")
    assert show(desk, "unit", *names) == {"U-1": (2, 2, 0, 0), "U-2": (1, 0, 1, 0)}
    desk.report_findings(asked, text="x", by=p.AGENCY)
    desk.reassign(given, to=Assignee(id="OF-2"), by=HEAD)
    desk.send_back(back, text="x", by=p.OFFICER)
    desk.escalate(back.id, to=Person(id="OF-3", role="officer", unit="U-3"), by=p.OPERATOR)
    for step in ("other back", "give"):  # with nothing left of what ran out with another (R53)
        desk.do(given.id, STEPS[step])
    hand.at += p.HOUR
    assert show(desk, "officer", *names) == {
        "OF-1": (1, 2, 0, 0), "OF-2": (1, 0, 0, None), "OF-3": (1, 0, 0, None),
        None: (0, 0, 1, None),
    }  # fmt: skip


def test_the_unit_of_an_agency_or_an_accused_is_late(hand: p.Hand, desk: Desk) -> None:
    """8.1.c2, R51: not its focal point, nor who may not act, before a sweep and after."""
    case = p.with_officer(desk, kind="conduct")
    desk.complete(case.id, accused=[Accused(id="of-1", unit="U-1")], by=p.OPERATOR)
    asked, to = p.with_officer(desk), hand.at + DAY
    desk.request_verification(asked, agency="U-2", focal="AG-1", appointment=to, by=p.OFFICER)
    hand.at = to + DAY
    for _ in range(2):
        late = show(desk, "officer", "late_officer", "late_agency", "open_late", "points")
        assert late == {"OF-1": (0, 0, 0, 2), None: (1, 1, 2, None)}
        desk.sweep()
    desk.reassign(case.id, to=Assignee(id="OF-2"), by=HEAD)
    assert show(desk, "officer", "open_late", "points")["OF-2"] == (1, None)
    desk.complete(case.id, accused=[Accused(id="OF-2", unit="U-1")], by=p.OPERATOR)
    hand.at += 10 * DAY  # late again, with the unit, says more than silent
    assert show(desk, "kind", "silent")["conduct"] == (int("silent" in desk.cautions(case.id)),)


def test_an_accused_who_was_late_has_the_case_no_more(hand: p.Hand, desk: Desk) -> None:
    """R51: they may not act any more, so what stays open is the unit's."""
    case = p.with_officer(desk, kind="conduct")
    hand.at += DAY
    desk.sweep()
    assert show(desk, "officer", "late_officer", "open_late") == {"OF-1": (1, 1)}
    desk.complete(case.id, accused=[Accused(id="OF-1", unit="U-1")], by=p.OPERATOR)
    names = ("late_officer", "open_late", "points")
    assert show(desk, "officer", *names) == {"OF-1": (1, 0, 0), None: (0, 1, None)}
    for _ in range(11):  # it is prolonged by the unit, until another is named and after
        desk.answer(p.with_officer(desk), text="x", by=p.OFFICER)
    assert show(desk, "officer", *names)["OF-1"] == (1, 0, 1)
    assert show(desk, "unit", *names) == {"U-1": (1, 1, 0)}


def test_a_past_month_does_not_learn_of_a_limit(hand: p.Hand, desk: Desk) -> None:
    """15, R49: a hand-over that was entered later, and its lapse, change no report before."""
    case = p.a_case(desk)
    hand.at = APRIL + DAY
    desk.do(case, Escalate(by=p.OPERATOR, to=p.OFFICER, at=p.MORNING))
    for _ in range(2):
        assert show(desk, "kind", "open_in_time", "late_officer") == {"regulation": (1, 0)}
        desk.sweep()


def test_each_act_counts_for_who_had_the_case(hand: p.Hand, desk: Desk) -> None:
    """9.3, R49, R50: reschedules, lifted lapses, what was sent back, and what was entered late."""
    desk.send_back(p.with_officer(desk), text="x", by=p.OFFICER)
    fresh, asked = p.a_case(desk), p.with_agency(desk, hand)
    hand.at = asked.due + p.HOUR
    to = hand.at + p.HOUR
    desk.do(asked.id, Reschedule(by=p.AGENCY, to=to, reason="x", at=asked.since))
    hand.at = to + p.HOUR
    desk.sweep()
    desk.lift_lapse(asked.id, text="x", by=LEADER)
    desk.report_findings(asked.id, text="x", by=p.AGENCY)
    named = p.with_officer(desk, kind="conduct")
    hand.at = named.due + p.HOUR
    accused = [Accused(id="OF-1", unit="U-1")]
    desk.do(named, Complete(by=p.OPERATOR, accused=accused, at=named.since))
    desk.do(fresh, Escalate(by=p.OPERATOR, to=p.OFFICER, at=fresh.since))
    late = ("late_as_promised", "met")
    assert show(desk, "unit", "sent_back", "rescheduled", "lifted", "entered_late", *late) == {
        "U-1": (1, 0, 0, 0, 2, 1), "U-2": (0, 1, 1, 1, 1, 0), None: (0, 0, 0, 2, 0, 0),
    }  # fmt: skip


def test_a_past_month_keeps_what_was_answered_before_it_and_entered_after() -> None:
    """15, R49: the case is not left out because its last step is dated before the month."""
    hand = p.Hand(p.MORNING.replace(month=2, day=26))
    desk = Desk(clock=hand)
    case = p.with_officer(desk)
    hand.at = APRIL
    before = list_counts(make_report(desk, month="2026-03"))
    hand.at += DAY
    desk.do(case.id, Answer(text="x", by=p.OFFICER, at=case.received_at + p.HOUR))
    again = make_report(desk, month="2026-03")
    assert (list_counts(again), again.entered_after) == (before, 1)
    assert before["carried_over"] == before["open_late"] == 1


@pytest.mark.parametrize("is_marked", [False, True])
def test_nobody_is_late_by_a_day_that_a_notice_took_out(*, is_marked: bool) -> None:
    """R37, R50: whether the limit was moved in time, or marked late and lifted."""
    hand = p.Hand(datetime(2025, 12, 31, 15, tzinfo=p.VIETNAM))
    desk = Desk(clock=hand, calendar=vietnam_calendar("A", as_of=date(2025, 12, 24)))
    case = p.with_officer(desk)
    hand.at = datetime(2026, 1, 2, 18 if is_marked else 8, tzinfo=p.VIETNAM)
    desk.sweep()
    desk = desk.with_calendars(vietnam_calendar("A"))
    desk.recalculate(dry_run=False)
    if is_marked:
        desk.lift_lapse(case.id, text="x", by=LEADER)
    hand.at = datetime(2026, 1, 5, 8, tzinfo=p.VIETNAM)
    desk.answer(case.id, text="x", by=p.OFFICER)
    counts = list_counts(make_report(desk, month="2026-01"))
    assert [name for name in counts if not name.startswith(("first_", "carried"))] == [
        *("answered_in_time", "met"),
        *["lifted"] * is_marked,
    ]


@pytest.mark.parametrize(
    ("again", "hours", "counts"),
    [
        ("continues", (1, 2), (1, 0, 0)),
        ("continues", (1, 30), (0, 1, 1)),
        ("continues", (30, 1), (0, 1, 1)),
        ("continues", (999, 1), (0, 1, 1)),  # rescheduled, and asked again in April
        ("fresh", (1, 2), (2, 0, 0)),
        ("fresh", (1, 30), (1, 1, 1)),
    ],
)
def test_a_limit_that_goes_on_counts_once(
    again: str, hours: tuple[int], counts: tuple[int]
) -> None:
    """R41: it is late if it ever was, else met. One that begins anew is another."""
    hand = p.Hand()
    desk = Desk(clock=hand, rules=attrs.evolve(HOA_BINH_2019, asked_again=again))
    case = p.with_officer(desk)
    for each in hours:
        desk.request_verification(
            case.id, agency="U-2", appointment=hand.at + 9 * DAY, by=p.OFFICER
        )
        if each == 999:
            desk.reschedule(case.id, to=hand.at + 2 * DAY, reason="x", by=p.AGENCY)
        hand.at += each * p.HOUR
        desk.report_findings(case.id, text="x", by=p.AGENCY)
    assert show(desk, "unit", "met", "late_agency", "late_as_promised")["U-2"] == counts
    assert "late_as_promised" not in list_counts(make_report(desk, month="2026-04"))


STEPS = {
    "back": a.SendBack(text="x", by=p.OFFICER),
    "again": a.Escalate(to=p.OFFICER, by=p.OPERATOR),
    "ask": a.RequestVerification(agency="U-2", appointment=p.MORNING + 90 * DAY, by=p.OFFICER),
    "found": a.ReportFindings(text="x", by=p.AGENCY),
    "alone": a.Escalate(to=Person(id="OF-4", role="officer"), by=p.OPERATOR),
    "name": a.Reassign(to=Assignee(id="OF-2", unit="U-1"), by=LEADER),
    "other": a.Reassign(to=Assignee(id="OF-2"), by=HEAD),
    "take": a.Reassign(to=Assignee(id="OF-1"), by=HEAD),
    "lift": a.LiftLapse(text="x", by=LEADER),
    "other back": a.SendBack(text="x", by=attrs.evolve(p.OFFICER, id="OF-2")),
    "other ask": a.RequestVerification(
        agency="U-2",
        appointment=p.MORNING + 90 * DAY,
        by=attrs.evolve(p.OFFICER, id="OF-2"),
    ),
    "give": a.Escalate(to=attrs.evolve(p.OFFICER, id="OF-2"), by=p.OPERATOR),
}


@pytest.mark.parametrize(
    ("steps", "counts"),
    [
        ("1 back, 0 again, 30 back, 0 again, 1 back", {"OF-1": (0, 1, 1), "U-1": (0, 1, 1)}),
        # met, and given anew as nothing was kept
        ("1 back, 0 again, 0 ask, 1 found, 0 other, 0 other back, 0 again, 30 back",
         {"OF-1": (1, 1, 1), "U-1": (1, 1, 1)}),
        # a colleague who had met an earlier one took it over when it had run out
        ("0 back, 0 give, 0 other ask, 1 found, 0 other back, 0 again, 30 other, 0 other back, "
         "0 give, 1 other back", {"OF-1": (0, 1, 1), "OF-2": (1, 0, 0), "U-1": (1, 1, 1)}),
        # what they took over from a colleague is not theirs, who have nothing left of their own
        ("30 back, 0 give, 1 take, 1 back, 0 again, 1 back",
         {"OF-1": (0, 1, 1), "U-1": (0, 1, 1)}),
        # nor is a lapse that was lifted since, and so what they took over is
        ("30 back, 0 give, 1 take, 1 lift, 30 back, 0 again, 1 back",
         {"OF-1": (0, 1, 1), "U-1": (0, 1, 1)}),
        # nothing was left at the due time itself, and a colleague had missed another one
        ("30 back, 0 give, 19 other back, 0 give, 1 other back",
         {"OF-1": (0, 1, 1), "OF-2": (0, 1, 1), "U-1": (0, 2, 2)}),
        # one without a unit missed it
        ("0 back, 0 alone, 30 name, 0 other back, 0 give, 1 other back",
         {"OF-4": (0, 1, 1), None: (0, 1, 1)}),
        # a colleague missed it
        ("0 other, 30 other back, 0 again, 1 back",
         {"OF-2": (0, 1, 1), "U-1": (0, 1, 1)}),
    ],
)  # fmt: skip
def test_what_is_sent_back_goes_on_as_one_limit(
    hand: p.Hand, desk: Desk, steps: str, counts: dict[str, tuple[int]]
) -> None:
    """R53, 14: whoever missed it is not late once more with what is left of it, nor their unit."""
    case = p.with_officer(desk)
    for hours, name in (step.split(maxsplit=1) for step in steps.split(", ")):
        hand.at += float(hours) * p.HOUR
        desk.do(case.id, STEPS[name])
    assert counts.items() <= {
        line
        for by in BREAKDOWNS
        for line in show(desk, by, "met", "late_officer", "late_as_promised").items()
    }
    late = show(desk, "officer", "late_officer", "late_agency").items()
    assert [each.holder for _, each in list_conduct(desk, for_=LEADER).violations] == [
        who for who, counted in late if any(counted)
    ]


def test_an_opinion_in_time_ends_the_limit_of_the_leadership() -> None:
    """R9: with a limit of their own, they are not late for what others do afterwards."""
    limit = Limit(budget=16 * p.HOUR, article=Article("8.3"), since=p.MORNING.date())
    hand = p.Hand()
    desk = Desk(clock=hand, rules=attrs.evolve(HOA_BINH_2019, leadership_limit=limit))
    case = desk.escalate(p.a_case(desk), to=LEADER, by=p.OPERATOR)
    desk.advise(case, text="x", within_competence=True, by=LEADER)
    hand.at += 9 * DAY
    assert {
        each
        for each in list_counts(make_report(desk, month="2026-03")).items()
        if each[0] in ("met", "late_other", "open_late")
    } == {("met", 1)}


def test_a_unit_is_to_be_notified_after_the_answer_too(desk: Desk) -> None:
    """8.1.c2, R36: of a report on conduct, unless it was refused."""
    refused, case = p.a_case(desk, kind="conduct"), p.with_officer(desk, kind="conduct")
    desk.reject(refused, reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.complete(desk.answer(case, text="x", by=p.OFFICER), about_unit="U-9", by=p.OPERATOR)
    later = list_counts(make_report(desk, month="2026-04"))  # done before
    assert (show(desk, "kind", "unit_not_told"), later) == (
        {"conduct": (1,)},
        {"unit_not_told": 1},
    )
    desk.notify_unit(case.id, unit="U-9", by=LEADER)
    assert show(desk, "kind", "unit_not_told") == {"conduct": (0,)}


def test_a_refusal_that_was_reopened_counts_once(hand: p.Hand, desk: Desk) -> None:
    """R35, R55: it kept its appointment for good, and the last rating is that of the case."""
    case = desk.report_findings(p.with_agency(desk, hand), text="x", by=p.AGENCY)
    case = desk.send_back(case, text="x", by=p.OFFICER)
    case = desk.reject(case, reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.close(case, by=p.OPERATOR)
    desk.rate(str(case.code), score=1, by=p.CITIZEN)
    desk.reopen(case.id, text="x", by=LEADER)
    hand.at += 10 * DAY
    case = desk.answer(case.id, text="x", by=p.OPERATOR)
    desk.rate(str(case.code), score=5, by=p.CITIZEN)
    assert show(desk, "kind", "kept", "missed", "rated", "stars") == {"regulation": (1, 0, 1, 5)}
    assert "appointment_missed" not in desk.cautions(case)


def test_an_appointment_is_put_off_to_a_later_time(hand: p.Hand, desk: Desk) -> None:
    """9.3, R58: an earlier time puts nobody off, and a withdrawal ends a time unkept."""
    asked = p.with_agency(desk, hand)
    for hours in (40, 45):
        to = hand.at + hours * p.HOUR
        desk.report_findings(asked.id, text="x", by=p.AGENCY)
        desk.request_verification(asked.id, agency="U-2", appointment=to, by=p.OFFICER)
    desk.withdraw(str(asked.code), by=p.CITIZEN)
    assert show(desk, "kind", "put_off", "kept", "missed") == {"regulation": (1, 0, 0)}
    assert show(desk, "unit", "put_off")["U-1"] == (1,)
