"""What a deadline says of the clause it rests on, in Vietnamese and English (Art. 9)."""

DEADLINE: dict[str, tuple[str, str]] = {
    "clause": (
        "Căn cứ {clause} {regulation} (tóm tắt): {summary}",
        "{clause} of {regulation} (in short): {summary}",
    ),
    "moved": ("Đã hẹn lại đến {moment} ({clause} Quy chế).", "Moved to {moment} ({clause})."),
    "own_limit": (
        "Căn cứ {clause} {regulation}: thời hạn đặt riêng {limit}",
        "{clause} of {regulation}: a limit of its own, {limit}",
    ),
    "regulation": (
        "Quy chế ban hành kèm theo Quyết định số 2370/QĐ-UBND ngày 30/10/2019",
        "the Regulation of Decision 2370/QĐ-UBND of 2019-10-30",
    ),
    # once it was named in full
    "regulation_again": ("Quy chế", "the Regulation"),
}
