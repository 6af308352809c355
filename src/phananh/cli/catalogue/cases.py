"""What `case`, `list` and `sweep` say of limits, in Vietnamese, by the English sentence."""

# fmt: off
CASES: dict[str, str] = {
    "at {at}: later acts are not taken back; cases are chosen and shown as they are recorded now, "
    "only the clock is set back":
        "lúc {at}: các bước ghi sau đó vẫn giữ nguyên; hồ sơ được chọn và hiển thị theo hiện "
        "trạng, chỉ thời điểm tính hạn được đặt lại",
    "provisional": "tạm tính",
    "Appointment": "Hẹn trả lời",
    "late since {due} ({clause})": "trễ từ {due} ({clause})",
    "missed {due} ({clause})": "đã trễ hạn {due} ({clause})",
    "The limit that was missed, of event {n}:": "Thời hạn bị trễ, tính từ bước số {n}:",
    "counted on calendar {name} {version}; give --hours and --notices of that calendar":
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó",
    "reckoned on calendar {name} {version}; give --hours and --notices of that calendar to see "
    "the steps":
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó để xem từng "
        "bước",
    "on {name} {version}: {said}": "theo lịch {name} {version}: {said}",
    "Calendar {name} is now {new}, no longer {old}; it gives the same time.":
        "Lịch {name} nay là {new}, không còn là {old}; tính lại vẫn ra hạn đó.",
    "Calendar {name} is now {new}, no longer {old}: counted again it would be {due}{papers}; "
    "what was told was kept (reading R15).":
        "Lịch {name} nay là {new}, không còn là {old}: tính lại sẽ là {due}{papers}; hạn đã báo "
        "vẫn giữ (cách hiểu R15).",
}
