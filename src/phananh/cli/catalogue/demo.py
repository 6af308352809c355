"""`phananh demo`."""

DEMO: dict[str, tuple[str, str]] = {
    "demo.help": (
        "Một ngày ở Tổng đài, vào những thời điểm cố định: tiếp nhận, không tiếp nhận, chuyển, hẹn "
        "lại, trễ hạn. Không lưu gì nếu không có --db.",
        "A day at the hotline on a fixed clock: cases are received, refused, passed on, "
        "rescheduled and late. They are saved only with --db.",
    ),
    "demo.cases": (
        "Thay vào đó, thêm N phản ánh, kiến nghị mẫu vào cơ sở dữ liệu; lấy lại đúng như cũ bằng "
        "--seed.",
        "Add N sample cases to the database instead. --seed gives the same ones again.",
    ),
    "demo.seed": (
        "Số quyết định các phản ánh, kiến nghị mẫu; bỏ đi thì lấy ngẫu nhiên và in ra.",
        "The number that decides the sample cases. By default one is drawn and printed.",
    ),
    "cases_added": ("phản ánh, kiến nghị đã thêm", "cases added"),
    "samples_added": (
        "đã thêm phản ánh, kiến nghị mẫu: {cases}, gồm {events} sự kiện; trạng thái tính đến "
        "{until}; --seed {seed}",
        "sample cases added: {cases}, with {events} events, as of {until}, --seed {seed}",
    ),
    "samples_there": (
        "đã có {case}: cơ sở dữ liệu này đã có phản ánh, kiến nghị của --seed {seed}; "
        "dùng --seed khác",
        "{case} exists: this database has cases of --seed {seed}. Give another --seed.",
    ),
    "no_story_of_samples": (
        "--svg là hình của câu chuyện; bỏ --svg hoặc --cases",
        "--svg is a picture of the story. Leave out --svg or --cases.",
    ),
    "seed_without_cases": (
        "--seed chỉ dùng cùng --cases", "--seed goes with --cases. Give both.",
    ),
    "picture_svg": ("Ghi thêm hình vào tệp SVG.", "Also write the picture to an SVG file."),
    "no_limit": ("không có hạn", "no limit"),
    "limit_due": ("{limit} ({clause}), hạn {due}", "{limit} ({clause}), due {due}"),
    "stays_late": ("vẫn ghi trễ hạn", "late, and it stays late"),
}  # fmt: skip
