"""What the pictures of deadlines say, in Vietnamese, by the English sentence."""

# fmt: off
PICTURES: dict[str, str] = {
    "Draw the days with the spans that count; --explain does so on a terminal.":
        "Vẽ các ngày với những giờ được tính; trên màn hình dòng lệnh, --explain cũng vẽ.",
    "Write the picture of the days to an SVG file.": "Ghi hình các ngày vào tệp SVG.",
    "--picture is for people and --json for programs; give one of them.":
        "--picture dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
    "--picture and --svg are for working time, not for terms in days.":
        "--picture và --svg chỉ dùng cho giờ làm việc, không dùng cho thời hạn tính bằng ngày.",
    "--batch takes no START, BUDGET, --explain, --ends, --picture or --svg.":
        "--batch không đi cùng START, BUDGET, --explain, --ends, --picture hay --svg.",
    "received {time}": "nhận {time}",
    "due {time}": "hạn {time}",
    "{n} more days, {worked} of them count": "{n} ngày khác, trong đó tính {worked}",
    "time that counts": "giờ được tính",
    "other working time": "giờ làm việc khác",
    "Left/over": "Còn/quá",
}
