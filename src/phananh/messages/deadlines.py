"""What a deadline says of the clause it rests on, in Vietnamese and English (Art. 9)."""

DEADLINE: dict[str, tuple[str, str]] = {
    "clause": (
        "Căn cứ {clause} {regulation} (tóm tắt): {summary}",
        "{clause} of {regulation} (in short): {summary}",
    ),
    "continues": (
        "Căn cứ {clause} {regulation}: thời hạn tiếp tục, còn {left} trong {whole} (cách hiểu R41)",
        "{clause} of {regulation}: the limit continues, {left} of {whole} (reading R41)",
    ),
    # after a reschedule: what is left of the new time may be more than the whole limit
    "continues_longer": (
        "Căn cứ {clause} {regulation}: thời hạn {whole} tiếp tục, "
        "còn {left} do đã hẹn lại (cách hiểu R41)",
        "{clause} of {regulation}: the limit of {whole} continues, "
        "{left} because it was rescheduled (reading R41)",
    ),
    "continues_over": (
        "Căn cứ {clause} {regulation}: thời hạn {whole} tiếp tục "
        "nhưng không còn thời gian (cách hiểu R41)",
        "{clause} of {regulation}: the limit of {whole} continues, "
        "and nothing of it is left (reading R41)",
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
