"""What a deadline says about the clause it rests on, in Vietnamese and English (Art. 9)."""

DEADLINE: dict[str, tuple[str, str]] = {
    "clause": (
        "Căn cứ {clause} {regulation} (tóm tắt): {summary}",
        "{clause} of {regulation} (in short): {summary}",
    ),
    "brief": ("chưa đến 1 phút làm việc", "less than a minute"),
    "continues": (
        "Căn cứ {clause} {regulation}: thời hạn tiếp tục, còn {left} trong {whole} (cách hiểu R41)",
        "{clause} of {regulation}: the limit continues, {left} of {whole} (reading R41)",
    ),
    # after a reschedule: what is left of the new time may be more than the whole limit
    "continues_moved": (
        "Căn cứ {clause}, {moving} {regulation}: thời hạn {whole} tiếp tục đến thời gian đã hẹn "
        "lại, khi báo cáo kết quả còn {left} (cách hiểu R41)",
        "{clause}, {moving} of {regulation}: the limit of {whole} continues until the rescheduled "
        "time, to which {left} was left at the report (reading R41)",
    ),
    "continues_over": (
        "Căn cứ {clause} {regulation}: thời hạn {whole} tiếp tục, "
        "không còn thời gian, đến hạn ngay (cách hiểu R41)",
        "{clause} of {regulation}: the limit of {whole} continues, "
        "no time is left, so it is due at once (reading R41)",
    ),
    "due": ("Hạn: {due}.", "Due: {due}."),
    "first_due": ("Hạn ban đầu: {due}.", "First due: {due}."),
    "moved": ("Đã hẹn lại đến {moment} ({clause} Quy chế).", "Moved to {moment} ({clause})."),
    # by the rules of another document
    "moved_by_others": ("Đã hẹn lại đến {moment}.", "Moved to {moment}."),
    # of another document, without its register
    "limit": ("Căn cứ {clause} {regulation}: {limit}", "{clause} of {regulation}: {limit}"),
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

# What is wrong with a stored deadline that was computed again.
VERIFIED: dict[str, tuple[str, str]] = {
    "version": (
        "đã lưu phiên bản lịch {stored}, lịch đưa vào là {given}",
        "calendar version {stored} is stored, {given} was given",
    ),
    "due": (
        "đã lưu hạn {stored}, tính lại là {computed}",
        "due {stored} stored, {computed} computed",
    ),
    "spans": (
        "các khoảng giờ đã lưu không phải là các khoảng tính được",
        "the spans stored are not those computed",
    ),
    "days": (
        "các ngày của thời hạn không đúng như lịch cho biết",
        "the days of the term are not what the calendar says",
    ),
    "sum": (
        "tổng các khoảng giờ không bằng thời hạn",
        "the spans do not add up to the budget",
    ),
}
