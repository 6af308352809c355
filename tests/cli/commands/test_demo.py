"""`demo`: a day at the hotline, the same each time, kept only where asked."""

from tests.cli.terminal import rows, run


def test_the_day():
    """The story refuses one, gives 5 and 8 hours, reschedules once only, and one stays late."""
    steps = rows(run("demo", "--json"))
    done = {(step["case"], step["act"]): step for step in steps if step["outcome"] == "recorded"}
    refused = [step for step in steps if step["outcome"] == "refused"]
    assert done["K1", "reject"]["state"] == "rejected"
    assert done["K3", "escalate"]["due"] == "2025-03-05T16:00:00+07:00"
    assert done["K4", "request_verification"]["due"] == "2025-03-06T10:00:00+07:00"
    assert done["K4", "reschedule"]["due"] == "2025-03-07T10:00:00+07:00"
    assert [(s["case"], s["reasons"][0]["article"]) for s in refused] == [
        ("K5", "8.1.c2"),
        ("K5", "8.1.c2"),
        ("K4", "9.3"),
    ]
    assert done[None, "sweep"]["lapsed"] == ["K6"]
    assert done["K6", "answer"]["late"]


def test_the_text():
    """The text names hours, clauses and reasons, in both languages."""
    text = run("demo").stdout
    assert "5 working hours (Art. 9(1)), due 2025-03-05 16:00" in text
    assert "8 working hours (Art. 9(2)), due 2025-03-06 10:00" in text
    assert "late, and it stays late" in text
    spoken = run("demo", "--lang", "vi").stdout
    assert "đã hẹn lại 1 lần, không được quá 1 lần (khoản 3 Điều 9)" in spoken
    assert "working" not in spoken


def test_it_is_the_same_each_time_and_leaves_nothing(tmp_path, monkeypatch):
    """Without `--db` the demo is the same each time, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    kept = str(tmp_path / "office.db")
    assert run("demo", PHANANH_DB=kept).stdout == run("demo").stdout
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_kept(tmp_path):
    """With `--db` the cases are there afterwards, and the demo can be told again."""
    kept = str(tmp_path / "demo.db")
    assert run("demo", "--db", kept).exit_code == 0
    assert run("demo", "--db", kept).exit_code == 0
    assert len(rows(run("list", "--db", kept, "--json"))) == 12


def test_svg(tmp_path):
    """`--svg` writes the picture to a file."""
    file = tmp_path / "demo.svg"
    assert run("demo", "--svg", str(file)).exit_code == 0
    assert "</svg>" in file.read_text(encoding="utf-8")


def test_svg_that_cannot_be_written(tmp_path):
    """Where the picture cannot be written, the place and the reason are said in both languages."""
    for more, said in (((), "cannot write {}: Is a directory"),
                       (("--lang", "vi"), "không ghi được {}: đây là thư mục")):  # fmt: skip
        result = run("demo", "--svg", str(tmp_path), *more)
        assert (result.exit_code, result.stderr) == (2, f"phananh: {said.format(tmp_path)}\n")
