"""A row of a table is read as the line of JSON that says the same."""

import json
from contextlib import suppress

import pytest

from phananh.act_log.entry import FIELDS, read_entry, read_object
from phananh.act_log.rows import COLUMNS, HEADINGS, find_columns, list_choices, read_row
from phananh.errors import InputError
from phananh.office import Procedures
from phananh.office.directory import Official

AT = "2025-05-12T08:10:00+07:00"
BY = {"by.id": "DTV-1", "by.role": "điện thoại viên", "case": "A", "at": AT}
# The cells of an act, and the keys of its line.
ROWS = (
    (
        {"act": "Tiếp nhận", "kind": "hành vi", "channel": "điện thoại", "content": "Hỏi"},
        {"kind": "conduct", "channel": "phone", "content": "Hỏi", "sender": {}},
    ),
    (
        {"act": "bo sung thong tin", "accused.unit": "SO-1", "sender.phone": "0218 000"},
        {"accused": [{"unit": "SO-1"}], "sender": {"phone": "0218 000"}},
    ),
    (
        {"act": "không tiếp nhận", "reasons": "Không sử dụng tiếng Việt; unclear", "guidance": "B"},
        {"reasons": ["not_vietnamese", "unclear"], "guidance": "B"},
    ),
    (
        {"act": "escalate", "to.id": "MC-1", "to.role": "một cửa", "to.unit": "SO-1"},
        {"to": {"id": "MC-1", "role": "officer", "unit": "SO-1"}},
    ),
    (
        {"act": "answer", "text": "Mẫu", "documents": "một; hai"},
        {"text": "Mẫu", "documents": ["một", "hai"]},
    ),
    (
        {"act": "cho ý kiến", "text": "Mẫu", "within_competence": "không"},
        {"text": "Mẫu", "within_competence": False},
    ),
    (
        {"act": "hẹn lại", "reschedule.to": AT, "reason": "Chờ", "by.role": "agency"},
        {"to": AT, "reason": "Chờ", "by": {"id": "DTV-1", "role": "agency"}},
    ),
    ({"act": "đánh giá", "score": "5"}, {"score": 5}),
)


def read(cells):
    """Return a row of Vietnamese cells, with times that are in ISO 8601 already."""
    return read_row(cells.items(), parse_time=lambda cell, column: cell, lang="vi")


def test_a_row_is_its_line():
    """Words, parts of them, lists and times make the entry that JSON makes."""
    for cells, keys in ROWS:
        found, problem = read(BY | cells)
        by = {"id": "DTV-1", "role": "operator"}
        line = {"act": found["act"], "at": AT, "case": "A", "by": by, **keys}
        assert problem is None
        assert read_entry(found) == read_entry(read_object(json.dumps(line).encode()))


def test_headings_and_words_name_one_thing():
    """Each heading finds its column in both languages, and each word of a cell its slug."""
    for place in (0, 1):
        assert find_columns([HEADINGS[column][place].upper() for column in COLUMNS], "") == [
            *COLUMNS
        ]
    assert find_columns(["by.id", "", "thoi diem", ""], "") == ["by.id", "line", "at", "line"]
    for wrong in (["act", "nơi"], ["act", "Bước xử lý"]):
        with pytest.raises(InputError, match=r"a\.csv:1: heading 2: no such column, or two"):
            find_columns(wrong, "a.csv:1")
    assert list_choices("act", "vi").keys() == FIELDS.keys()
    assert {name.split(".")[0] for name in COLUMNS} == {
        "act", "at", "by", "case", "key", "reschedule",
        *(field.name for each in FIELDS.values() for field in each),
    }  # fmt: skip
    for column in ("act", "by.role", "to.role", "kind", "channel"):
        for slug, words in list_choices(column, "vi").items():
            found, problem = read({column: words})
            assert (found[column] if "." not in column else found[column[:2]]["role"]) == slug
            assert problem is None


@pytest.mark.parametrize(("name", "look"), [
    ("act_log.rows", lambda marks: find_columns([marks], "x")),
    ("act_log.rows", lambda marks: read({"act": marks})),
    ("office.tables", lambda marks: Procedures.read([{marks: "x"}])),
    ("office.directory", lambda marks: Official(id="x", name="y", role="officer", focal=marks)),
])  # fmt: skip
def test_no_word_of_a_table_is_folded_whatever_its_length(monkeypatch, name, look):
    """A heading or a cell is looked at as far as words go: marks without end take minutes."""
    folded = list[str]()
    monkeypatch.setattr(f"phananh.{name}.fold_marks", lambda text: folded.append(text) or text)
    with suppress(InputError):
        look("\u0301\u0323" * 5_000)
    assert 0 < max(map(len, folded)) <= 1_000


def test_the_first_wrong_cell_is_named():
    """What several words have, what no words have, and a cell under no heading are errors."""
    for cells, field in (
        ({"act": "trễ hạn"}, "act"), ({"act": "late"}, "act"), ({"channel": "thư"}, "channel"),
        ({"kind": "hành"}, "kind"), ({"by.role": "lãnh đạo"}, "by.role"),
        ({"act": "báo cáo", "by.role": "ai đó"}, "act"), ({"reasons": "unclear; x"}, "reasons"),
        ({"by.role": "Cán bộ"}, "by.role"),
        ({"act": "sweep", "line": "?"}, "line"), ({"to.role": "system"}, "to.role"),
    ):  # fmt: skip
        found, problem = read(cells)
        assert isinstance(problem, InputError)
        assert (problem.field, field in found) == (field, False)
    _, problem = read({"act": "sweep", "to.role": "cán bộ"})
    assert problem.text("vi").endswith('một cửa", "Bưu điện tỉnh, đơn vị cung cấp dịch vụ khác"')
