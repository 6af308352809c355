"""The directory of bodies and people: read from files, asked by a desk, dated."""

from datetime import date, datetime, timedelta

import attrs
import pytest
from openpyxl import Workbook

from phananh import (
    Accused,
    Assignee,
    Desk,
    InputError,
    Kind,
    Person,
    RefusedError,
    vietnam_calendar,
)
from phananh.office import Directory
from tests.desk.people import HOUR, MORNING, OPERATOR, SENDER, Hand, a_case

UNITS = [
    {"id": "mot-cua", "name": "Bộ phận Một cửa mẫu", "kind": "one_stop"},
    {"id": "so-xd", "name": "Sở Xây dựng", "kind": "department", "kinds": "regulation; conduct",
     "procedures": "1.000001, 1.000002", "hours": "A"},
    {"id": "bhxh", "name": "Bảo hiểm xã hội tỉnh", "kind": "central", "until": "30/06/2026"},
    {"id": "ttpvhcc", "name": "Trung tâm Phục vụ hành chính công", "kind": "centre"},
    {"id": "buu-dien", "name": "Bưu điện mẫu", "kind": "provider",
     "until": "30/06/2026"},
]  # fmt: skip
PEOPLE = [
    {"id": "OP-1", "name": "Người Trực Mẫu", "role": "operator"},
    {"id": "GD-1", "name": "Lãnh Đạo Mẫu", "role": "leadership"},
    {"id": "OF-1", "name": "Cán Bộ Mẫu Một", "role": "officer", "unit": "mot-cua"},
    {"id": "OF-2", "name": "Cán Bộ Mẫu Hai", "role": "officer", "unit": "mot-cua"},
    {"id": "TP-1", "name": "Trưởng Phòng Cũ", "role": "agency_head", "unit": "mot-cua",
     "until": date(2026, 3, 4)},
    {"id": "TP-2", "name": "Trưởng Phòng Mới", "role": "agency_head", "unit": "mot-cua",
     "since": "05/03/2026"},
    {"id": "BD-1", "name": "Nhân Viên Mẫu", "role": "provider", "unit": "buu-dien"},
    {"id": "DM-1", "name": "Đầu Mối Mẫu", "role": "agency", "unit": "so-xd", "focal": "x"},
    {"id": "GD-2", "name": "Phó Giám Đốc", "role": "leadership", "unit": "ttpvhcc"},
    {"id": "NT-2", "name": "Tổng Đài Viên", "role": "operator", "unit": "ttpvhcc"},
]  # fmt: skip
OFFICER = Person(id="OF-1", role="officer", unit="mot-cua")
LEADER = Person(id="GD-1", role="leadership")
TOML = '[[units]]\nid = "so-xd"\nname = "Sở Xây dựng"\nkind = "department"\nkinds = ["service"]\n'


def a_desk(directory: object = None) -> Desk:
    """Return a desk in the morning, with the directory of the samples."""
    return Desk(clock=Hand(), directory=directory or Directory.read(UNITS, PEOPLE))


def test_one_directory_is_read_from_every_kind_of_file(tmp_path):
    """1.2.a, 1.2.b, 1.2.c: TOML, a workbook, JSON and two files of CSV say the same."""
    (tmp_path / "a.toml").write_text(
        TOML + '[[people]]\nid = "DM-1"\nname = "Mẫu"\nrole = "agency"\nunit = "so-xd"\n'
        "focal = true\nsince = 2026-01-01\n"
    )
    (tmp_path / "u.csv").write_text(
        "\ufeffMã;Tên;Loại;Loại nội dung;;\nso-xd;Sở Xây dựng;department;service;;\n;;;\n"
    )
    (tmp_path / "p.csv").write_text(
        "Mã,Họ và tên,Vai trò,Đơn vị,Đầu mối,Từ ngày\nDM-1,Mẫu,agency,so-xd,có,01/01/2026\n"
    )
    (tmp_path / "a.json").write_text(
        '{"units": [{"id": "so-xd", "name": "Sở Xây dựng", "kind": "department", "kinds":'
        ' ["service"]}], "people": [{"id": "DM-1", "name": "Mẫu", "role": "agency", "unit":'
        ' "so-xd", "focal": true, "since": "2026-01-01"}]}'
    )
    book = Workbook()
    book.active.title = "units"
    book["units"].append(["id", "name", "kind", "kinds"])
    book["units"].append(["so-xd", "Sở Xây dựng", "department", "service"])
    book.create_sheet("people").append(["id", "name", "role", "unit", "focal", "since"])
    book["people"].append(["DM-1", "Mẫu", "agency", "so-xd", "x", datetime(2026, 1, 1)])
    book.save(tmp_path / "a.xlsx")
    found = [Directory.read(tmp_path / name) for name in ("a.toml", "a.json", "a.xlsx")]
    found.append(Directory.read(tmp_path / "u.csv", tmp_path / "p.csv"))
    assert [each == found[0] for each in found] == [True] * 4
    assert found[0].people[0].focal
    assert found[0].units[0].kinds == (Kind.SERVICE,)


@pytest.mark.parametrize(("units", "people", "told"), [
    ([{"id": "a"}], [], "units[1].name: is missing"),
    ([UNITS[0] | {"name": "a\0"}], [], "units[1].name: contains a NUL"),
    ([UNITS[0] | {"kind": "firm"}], [], "units[1].kind: 'firm' is unknown; use one of department"),
    ([UNITS[0] | {"since": "32/1/2026"}], [], "units[1].since: '32/1/2026' is not a date"),
    ([UNITS[0] | {"since": [5]}], [], "units[1].since: [5] is not a date"),
    ([UNITS[0] | {"kinds": 5}], [], "units[1].kinds: 5 is not a list"),
    ([UNITS[0] | {"hours": 5}], [], "units[1].hours: a number is not"),
    ([5], [], "units: 5 is not"),
    (5, [], "units: 5 is not a list"),
    ([UNITS[0] | {"x": 1}], [], "units[1].x: 1: no such key; use id, name, kind"),
    (UNITS, [PEOPLE[2] | {"Đơn vị": "so-xd"}], "people[1].'unit': is given twice; keep one"),
    (UNITS, [PEOPLE[2] | {"unit": "mot cua"}], "people: OF-1: 'mot cua' is not in the directory; "
     "the closest are: mot-cua (Bộ phận Một cửa mẫu)"),
    (UNITS, [PEOPLE[5], PEOPLE[4] | {"until": "05/03/2026"}],
     "people: mot-cua has two heads at a time in the directory: TP-1 and TP-2; give"),
    # Another row of the first head stands between.
    (UNITS, [PEOPLE[4], PEOPLE[4] | {"since": "01/01/2026", "until": "31/01/2026"},
             PEOPLE[5] | {"since": "01/02/2026"}],
     "people: mot-cua has two heads at a time in the directory: TP-1 and TP-2; give"),
    ([UNITS[1] | {"until": "30/06/2026"}, UNITS[1] | {"since": "01/07/2026", "hours": "VP"}], [],
     "hours: the rows of so-xd have different hours: A and VP; name the same"),
    ([UNITS[1] | {"until": "30/06/2026"}, UNITS[1] | {"since": "01/07/2026", "hours": None}], [],
     "hours: the rows of so-xd have different hours: A and -; name the same"),
    (UNITS, [PEOPLE[2] | {"id": "Lê Thị Vy"}, PEOPLE[3] | {"id": "Lê Thị Vi"}],
     "id: Lê Thị Vy and Lê Thị Vi compare as one id; if they are one"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_row(units, people, told):
    """The error names table, row and column, and what would do."""
    with pytest.raises(InputError) as caught:
        Directory.read(units, people)
    assert str(caught.value).startswith(told)


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    """A file of another kind, and one that is not of its kind, are InputErrors."""
    for name, data, code in (
        ("a.xls", b"no", "unknown_value"), ("a.json", b"no", "unreadable"),
        ("a.json", b"[" * 100_000, "unreadable"), ("a.json", b"5", "unreadable"),
        ("a.csv", b"\xff", "unreadable"), ("a.xlsx", b"no", "unreadable"),
        ("a.csv", b"id,name,kind,don vi,co quan\na,a,centre,b,\n", "doubled_key"),
        ("a.json", b'{"units": [], "units": []}', "doubled_key"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError) as caught:
            Directory.read(tmp_path / name)
        assert caught.value.code == code


def test_the_directory_knows_who_was_who_on_a_day():
    """11.1.a: heads, names, duties and what is unmanned, by date; ids compare folded."""
    known = Directory.read(
        [*UNITS, UNITS[0] | {"name": "Tên về sau", "since": "01/01/3000"}],
        [*PEOPLE, PEOPLE[2] | {"name": "Tên về sau", "since": "01/01/3000"}],
    )
    asked = (("MOT-CUA", MORNING), ("mot-cua", MORNING + timedelta(days=1)), ("so-xd", MORNING))
    assert [known.find_head(*each) for each in asked] == ["TP-1", "TP-2", None]
    for on, named in (
        (None, ["Cán Bộ Mẫu Một", "Bộ phận Một cửa mẫu", "Bảo hiểm xã hội tỉnh", None]),
        (date(3000, 1, 1), ["Tên về sau", "Tên về sau", "Bảo hiểm xã hội tỉnh", None]),
    ):
        assert [known.name_of(x, on=on) for x in ("of-1", "Mot-cua", "bhxh", "x")] == named
    assert [each.id for each in known.list_handling(kind="conduct", procedure="1.000002")] == [
        "so-xd"
    ]
    assert known.find_unit("bhxh", on=date(2026, 7, 1)) is None
    assert known.find_unit("bhxh").is_central
    assert [(unit.id, what) for unit, what in known.list_unmanned(on=date(2026, 7, 1))] == [
        ("mot-cua", "focal"), ("so-xd", "head"), ("ttpvhcc", "head"), ("ttpvhcc", "focal"),
    ]  # fmt: skip


def test_hours_are_those_that_a_unit_names():
    """The calendar of a unit is that of its hours, else the default one; another name is none."""
    a, b = vietnam_calendar("A"), vietnam_calendar("VP")
    hours = Directory.read(UNITS).hours({"A": a}, b)
    assert (hours("agency", "SO-XD"), hours("agency", "bhxh"), hours("operator", None)) == (a, b, b)
    assert {*hours.calendars} == {a, b}
    with pytest.raises(InputError, match="units: so-xd: 'A' is unknown"):
        Directory.read(UNITS).hours({"B": b}, b)


def test_a_desk_refuses_whom_its_directory_does_not_know():
    """Unknown, left, or of another post: an InputError with the nearest. It leaves no trace."""
    desk = a_desk()
    case = desk.escalate(a_case(desk), to=OFFICER, by=OPERATOR)
    late = desk.now() + 50 * HOUR
    acts = {
        "by: 'OF-9' is not in the directory on 2026-03-04; the closest are: OF-2 (Cán Bộ Mẫu Hai)":
        lambda: desk.answer(case, text="a", by=Person(id="OF-9", role="officer")),
        "by: officer OF-1 has no such post":
        lambda: desk.answer(case, text="a", by=Person(id="OF-1", role="officer")),
        "by: officer OF-1 (so-xd) has no such post in the directory on 2026-03-04; known posts: "
        "officer mot-cua":
        lambda: desk.answer(case, text="a", by=Person(id="OF-1", role="officer", unit="so-xd")),
        # Nobody would know whose colleagues they are (R40).
        "by: operator NT-2 has no such post in the directory on 2026-03-04; known posts: operator":
        lambda: desk.note(case, text="a", by=Person(id="NT-2", role="operator")),
        "to: leadership GD-2 has no such post":
        lambda: desk.escalate(a_case(desk), to=Person(id="GD-2", role="leadership"), by=OPERATOR),
        "to: provider BD-1 has no such post": lambda: desk.escalate(
            a_case(desk, kind="service"), to=Person(id="BD-1", role="provider"), by=OPERATOR),
        "to: 'OF-3' is not in the directory":
        lambda: desk.reassign(case, to=Assignee(id="OF-3"), by=LEADER),
        "to: 'TP-2' is in the directory, but not on 2026-03-04; if that is wrong, correct the "
        "first and last day. The closest are: TP-1":
        lambda: desk.reassign(case, to=Assignee(id="TP-2"), by=LEADER),
        "to: OF-1 (so-xd) has no such post":
        lambda: desk.reassign(case, to=Assignee(id="OF-1", unit="so-xd"), by=LEADER),
        "to: DM-1 has no such post": lambda: desk.reassign(case, to=Assignee(id="DM-1"), by=LEADER),
        "to: TP-1 has no such post": lambda: desk.reassign(case, to=Assignee(id="TP-1"), by=LEADER),
        "agency: 'so-xay' is not in the directory":
        lambda: desk.request_verification(case, agency="so-xay", appointment=late, by=OFFICER),
        "focal: agency OF-2 (so-xd) has no such post":
        lambda: desk.request_verification(
            case, agency="so-xd", focal="OF-2", appointment=late, by=OFFICER),
        "unit: 'so' is not in": lambda: desk.notify_unit(case, unit="so", by=LEADER),
        "accused: 'so' is not in":
        lambda: desk.complete(case, accused=[Accused(id="OF-1", unit="so")], by=OPERATOR),
        "about_unit: 'so' is not in the directory":
        lambda: a_case(desk, kind="conduct", about_unit="so"),
        "by: 'OP-9' is not in the directory":
        lambda: desk.erase(case, by=Person(id="OP-9", role="operator"), ground="Hết hạn"),
        "accused: this id is not in the directory; check the id":
        lambda: a_case(desk, kind="conduct", accused=[Accused(id="OF-l", unit="mot-cua")]),
        "accused: the directory has this person in another unit; known units: mot-cua":
        lambda: a_case(desk, kind="conduct", accused=[Accused(id="TP-1", unit="so-xd")]),
    }  # fmt: skip
    for told, act in acts.items():
        with pytest.raises(InputError) as caught:
            act()
        assert str(caught.value).startswith(told)
        assert caught.value.text("vi") != str(caught.value)
    assert (len(desk.history(case)), desk.count()) == (2, 3)


@pytest.mark.parametrize(("unit", "known"), [(None, ()), ("MOT-CUA", ("MOT-CUA",))])
def test_whose_unit_is_not_known_is_replaced_all_the_same(unit, known):
    """8.1.c2: an officer of before the directory, who is accused since, does not keep the case.

    They have no head, so the leadership names another, with a unit if it is known.
    """
    desk = a_desk()
    old = attrs.evolve(desk, directory=None)
    case = old.escalate(a_case(old), to=Person(id="OF-1", role="officer"), by=OPERATOR)
    desk.complete(case, accused=[Accused(id="OF-1", unit="mot-cua")], by=OPERATOR)
    with pytest.raises(InputError, match="no such post"):
        desk.reassign(case.id, to=Assignee(id="DM-1"), by=LEADER)
    case = desk.reassign(case.id, to=Assignee(id="OF-2", unit=unit), by=LEADER)
    assert (case.holder.id, case.holder.unit, *case.handled_by) == ("OF-2", unit, *known)


def test_who_has_moved_or_has_two_posts_is_accused_as_of_each():
    """R40: at any hand-over, or colleagues of theirs would read who complained."""
    posts = [
        PEOPLE[4] | {"role": "officer", "unit": "so-xd", "since": "05/03/2026", "until": None},
        PEOPLE[4] | {"role": "operator", "unit": "buu-dien", "since": "06/03/2026", "until": None},
        PEOPLE[4] | {"role": "agency", "unit": "bhxh", "since": "07/03/2026", "until": None},
    ]
    desk = a_desk(Directory.read(UNITS, [*PEOPLE, *posts]))
    case = a_case(desk, kind="conduct", accused=[Accused(id="TP-1", unit="mot-cua")])
    desk.clock.at += timedelta(days=1)
    with pytest.raises(InputError, match="in another unit too; complete the case"):
        desk.escalate(case, to=OFFICER, by=OPERATOR)
    both = [*case.accused, Accused(id="tp-1", unit="SO-XD")]
    named = a_case(desk, kind="conduct", accused=both)  # also as of before
    assert named.accused == tuple(both)
    with pytest.raises(InputError, match="known units: so-xd"):
        desk.complete(named, accused=case.accused, by=OPERATOR)
    case = desk.complete(case, accused=both, by=OPERATOR)
    case = desk.send_back(desk.escalate(case, to=OFFICER, by=OPERATOR), text="a", by=OFFICER)
    desk.clock.at += timedelta(days=1)
    with pytest.raises(InputError, match="as of: buu-dien"):
        desk.escalate(case, to=OFFICER, by=OPERATOR)
    accused = Person(id="TP-1", role="operator", unit="buu-dien")
    for refused in (
        lambda: desk.escalate(case, to=OFFICER, by=accused),
        lambda: desk.complete(case, about_unit="so", by=accused),
    ):
        with pytest.raises(RefusedError):  # the accused learns no unit
            refused()
    case = desk.complete(case, accused=[Accused(id="TP-1", unit="buu-dien")], by=OPERATOR)
    case = desk.escalate(case, to=OFFICER, by=OPERATOR)
    desk.clock.at += timedelta(days=1)
    with pytest.raises(InputError, match="as of: bhxh"):
        desk.complete(case, accused=[Accused(unit="bhxh")], by=OPERATOR)
    with pytest.raises(InputError, match="as of: bhxh"):
        desk.request_verification(
            case, agency="bhxh", appointment=desk.clock.at + timedelta(days=3), by=OFFICER
        )


def test_a_timeline_has_the_names_of_the_directory():
    """A history is told with names in place of ids, and an id that is not known stays."""
    desk = a_desk()
    case = desk.escalate(a_case(desk), to=OFFICER, by=OPERATOR)
    told = desk.timeline(case, names=Directory.read(UNITS, PEOPLE[1:]).name_of)
    assert [name in str(told) for name in ("Cán Bộ Mẫu Một", "Bộ phận Một cửa mẫu", "OP-1")] == [
        True, True, True,
    ]  # fmt: skip


def test_a_citizen_and_the_sweep_need_no_directory():
    """A citizen is in none, and names whom they like, which the operator puts right (8.1.c2)."""
    desk = a_desk(lambda: Directory.read(UNITS, PEOPLE))
    case = desk.receive(
        kind="conduct", channel="portal", content="mẫu", sender=SENDER, about_unit="chỗ nào đó",
        accused=[Accused(unit="nơi nào đó")], by=Person(id="CT-1", role="citizen"),
    )  # fmt: skip
    right = {"chỗ": {"about_unit": "so-xd"}, "nơi": {"accused": [Accused(unit="mot-cua")]}}
    for typed in right:  # or they could get the case themselves
        with pytest.raises(InputError, match=f"'{typed} nào đó' is not in"):
            desk.escalate(case.id, to=OFFICER, by=OPERATOR)
        desk.complete(case.id, by=OPERATOR, **right[typed])
    desk.escalate(case.id, to=OFFICER, by=OPERATOR)
    desk.clock.at += timedelta(days=5)
    assert [each.case for each in desk.sweep().lapsed] == [case.id]


@pytest.mark.parametrize(("accused", "people", "refused"), [
    (Accused(id="OF-1", unit="mot-cua"), PEOPLE, True),  # a colleague, and the head is another
    (Accused(id="TP-1", unit="mot-cua"), PEOPLE, False),
    (Accused(unit="mot-cua"), PEOPLE, False),  # anybody there may be it
    # May be the head, for all that is known.
    (Accused(id="OF-1", unit="mot-cua"), [x for x in PEOPLE if x["role"] != "agency_head"], False),
    # Without a head the unit cannot name anybody.
    (Accused(unit="so-xd"), [x for x in PEOPLE if x["role"] != "agency_head"], False),
    (Accused(unit="so-xd"), [x for x in PEOPLE if x["id"] != "TP-1"], False),  # until tomorrow
    (Accused(unit="so-xd"), PEOPLE, True),
    (Accused(id="OF-1", unit="mot-cua"), None, False),
    (Accused(id="TP-1", unit="so-xd"), None, True),
    (Accused(id="OF-1", unit="so-xd"), None, False),  # who had it as one of the unit
])  # fmt: skip
def test_the_leadership_steps_in_where_the_head_is_the_accused(accused, people, refused):
    """R33: and where a unit has none. Without a directory an accused of the unit may head it."""
    desk = Desk(clock=Hand(), directory=people and Directory.read(UNITS, people))
    case = desk.escalate(a_case(desk), to=OFFICER, by=OPERATOR)
    case = desk.complete(case, accused=[accused], by=OPERATOR)
    told = [each.code for each in desk.allowed(case, by=LEADER)["reassign"]]
    assert told == ["head_not_accused"] * refused
    if refused:
        with pytest.raises(RefusedError, match="R33"):
            desk.reassign(case, to=Assignee(id="OF-2"), by=LEADER)
    else:
        assert desk.reassign(case, to=Assignee(id="OF-2"), by=LEADER).holder.id == "OF-2"


def test_a_unit_that_has_ended_is_notified():
    """8.1.c2, R36: of what its staff did before, or it would stay to be done for good."""
    desk = a_desk()
    case = a_case(desk, kind="conduct", about_unit="bhxh")
    desk.clock.at += timedelta(days=150)
    case = desk.notify_unit(case.id, unit="BHXH", by=LEADER)
    assert "unit_not_told" not in desk.cautions(case)


def test_a_unit_that_only_a_citizen_named_is_notified():
    """R36, R54: once it is too late to put it right, but not the mailbox of a person."""
    desk = a_desk()
    case = desk.receive(
        kind="conduct", channel="portal", content="mẫu", sender=SENDER,
        accused=[Accused(unit="nơi nào đó"), Accused(unit="DM-1")],
        by=Person(id="CT-1", role="citizen"),
    )  # fmt: skip
    desk.withdraw(case, by=Person(id="CT-1", role="citizen"))
    assert desk.notify_unit(case.id, unit="Nơi nào đó", by=LEADER).units_told == ("Nơi nào đó",)
    with pytest.raises(InputError, match="'DM-1' is not in"):
        desk.notify_unit(case.id, unit="DM-1", by=LEADER)
