"""`phananh demo`."""

DEMO: dict[str, tuple[str, str]] = {
    "demo.help": (
        "Một ngày ở Tổng đài, vào những thời điểm cố định: tiếp nhận, không tiếp nhận, chuyển, hẹn "
        "lại, trễ hạn. Không lưu gì nếu không có --db.",
        "A day at the hotline on a fixed clock: what is taken, refused, passed on, put off, late. "
        "Nothing is kept unless --db is given.",
    ),
    "picture_svg": ("Ghi thêm hình vào tệp SVG.", "Also write the picture to an SVG file."),
    "no_limit": ("không có hạn", "no limit"),
    "limit_due": ("{limit} ({clause}), hạn {due}", "{limit} ({clause}), due {due}"),
    "stays_late": ("vẫn ghi trễ hạn", "late, and it stays late"),
}
