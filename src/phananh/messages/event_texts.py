"""What was done, event by event, in Vietnamese and English. Who and when are put before it."""

# By the name of the event. `{who}` is not part of it. Three depend on who acts: a citizen sends
# what an operator takes in, a provider updates the progress (8.2.b), and the centre records whom
# a unit sends (8.1.c2). A reschedule has two sentences, because its event does not have the time
# that the citizen had before.
EVENT_TEXTS: dict[str, tuple[str, str]] = {
    "Received": ("tiếp nhận qua {channel}: {kind}", "received a case by {channel}: {kind}"),
    "Sent": ("gửi qua {channel}: {kind}", "sent a case by {channel}: {kind}"),
    "Completed": ("bổ sung {field}", "completed {field}"),
    "Noted": ("ghi chú", "added a note"),
    "Rejected": ("không tiếp nhận: {reason}", "did not accept the case: {reason}"),
    "Answered": ("trả lời tổ chức, cá nhân", "answered the sender"),
    "AnsweredByProvider": (
        "cập nhật tình trạng giải quyết, trả lời tổ chức, cá nhân",
        "updated the progress and answered the sender",
    ),
    "Escalated": ("chuyển {whom}", "passed the case to {whom}"),
    "Advised": ("cho ý kiến", "gave an opinion"),
    "VerificationRequested": (
        "chuyển {whom} xác minh, hẹn trả lời {appointment}",
        "asked {whom} to verify, with an appointment on {appointment}",
    ),
    "FindingsReported": ("báo cáo kết quả xác minh", "reported the findings"),
    "Rescheduled": ("hẹn lại tổ chức, cá nhân sang {to}", "rescheduled the answer to {to}"),
    "RescheduledFrom": (
        "hẹn lại tổ chức, cá nhân từ {told} sang {to}",
        "rescheduled the answer from {told} to {to}",
    ),
    "DeadlineMoved": (
        "tính lại thời hạn từ {old} thành {due} do {cause}",
        "moved the deadline from {old} to {due}, because of {cause}",
    ),
    "Lapsed": ("hết thời hạn {due}: {late} trễ hạn", "the limit ran out, {due}: {late} is late"),
    "Reassigned": ("cử {whom} xử lý", "named {whom} to handle the case"),
    "ReassignedByCentre": (
        "ghi nhận người được đơn vị cử: {whom}",
        "recorded whom the unit sends: {whom}",
    ),
    "UnitNotified": (
        "thông báo đến {unit}, yêu cầu cử người khác",
        "notified {unit}, and asked for another person",
    ),
    "Closed": ("kết thúc", "closed the case"),
    "Published": ("công khai kết quả", "published the result"),
    "Commended": ("đề xuất khen thưởng", "proposed a commendation"),
    "Rated": ("đánh giá {score}/5", "rated the handling {score} of 5"),
}

# What may follow.
EVENT_TAILS: dict[str, tuple[str, str]] = {
    "due": (", hạn {due}", ", due {due}"),
    "continues": (", thời hạn tiếp tục đến {due}", ", the limit continues until {due}"),
    "continues_over": (
        ", thời hạn tiếp tục, không còn thời gian, đến hạn ngay",
        ", the limit continues with no time left, so it is due at once",
    ),
    "limit_moved": (
        ", thời hạn chuyển từ {old} sang {due}",
        ", and the limit from {old} to {due}",
    ),
    "limit_stays": (", thời hạn {old} giữ nguyên", ", and the limit stays {old}"),
    "within": (": thuộc thẩm quyền", ": within competence"),
    "without": (": không thuộc thẩm quyền", ": out of competence"),
    "agency": ("cơ quan, đơn vị ({unit})", "the agency ({unit})"),
    "accused": (", người bị phản ánh thuộc {units}", ", about somebody of {units}"),
    "about": (", về {unit}", ", about {unit}"),
    "days": (" ({days})", " ({days})"),
    "notices": (", theo {notices}", ", by {notices}"),
    "clause": (" ({clause})", " ({clause})"),
    "reading": ("{clause}, cách hiểu {reading}", "{clause}, reading {reading}"),
    "personal": ("; {name}: {value}", "; {name}: {value}"),
    "erased": ("đã xóa", "erased"),
    "sentence": ("{when}: {who} {what}", "{when}: {who} {what}"),
    "alone": ("{when}: {what}", "{when}: {what}"),
}
