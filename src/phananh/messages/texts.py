"""What deadlines, days, terms, events and outcomes say, in both languages, by code."""

WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("thứ Hai", "Monday"),
    ("thứ Ba", "Tuesday"),
    ("thứ Tư", "Wednesday"),
    ("thứ Năm", "Thursday"),
    ("thứ Sáu", "Friday"),
    ("thứ Bảy", "Saturday"),
    ("Chủ nhật", "Sunday"),
)

WEEKDAYS_SHORT: tuple[tuple[str, str], ...] = (
    ("T2", "Mon"),
    ("T3", "Tue"),
    ("T4", "Wed"),
    ("T5", "Thu"),
    ("T6", "Fri"),
    ("T7", "Sat"),
    ("CN", "Sun"),
)

# Vietnamese writes the number of a month.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Why a day is what it is, by the code of the reason. `other` is the day it is swapped with.
REASONS: dict[str, tuple[str, str]] = {
    "regular": ("ngày làm việc", "working day"),
    "weekend": ("nghỉ hằng tuần", "weekly rest"),
    "holiday": ("nghỉ {name}", "{name}"),
    "substitute": ("nghỉ bù {name}", "substitute day for {name}"),
    "swap": ("nghỉ hoán đổi, làm bù vào {other}", "day off by swap, made up on {other}"),
    "no_hours": ("chưa nêu giờ làm việc cho ngày này", "no hours are set for this day"),
    "make_up": ("làm bù cho {other}", "worked in place of {other}"),
    "make_up_alone": ("ngày làm bù", "a make-up day"),
    "make_up_off": (
        "bù cho {other}, là ngày cơ quan không có giờ làm việc",
        "would make up for {other}, a weekday without office hours",
    ),
    "notice": ("theo văn bản", "set by a notice"),
    "notice_off": ("nghỉ theo văn bản", "day off by a notice"),
    "notice_rest": ("nghỉ hằng tuần", "weekly rest"),
    "notice_usual": ("ngày làm việc bình thường", "an ordinary working day"),
    "notice_worked": ("làm việc theo văn bản", "worked by a notice"),
    "override": ("theo lịch riêng của cơ quan", "set by the office's own calendar"),
    "override_off": ("nghỉ theo lịch riêng của cơ quan", "closed by the office itself"),
}

# Two notices that disagree.
CONTRADICTION = ("{date}: {holds} thay cho {yields}", "{date}: {holds} applies, not {yields}")

DATED_RULING = ("{document} ngày {issued} ({kind})", "{document} of {issued} ({kind})")

UNDATED_RULING = ("{document}, không rõ ngày ({kind})", "{document}, undated ({kind})")

DAY_KINDS: dict[str, tuple[str, str]] = {
    "off": ("nghỉ", "off"),
    "worked": ("làm việc", "worked"),
    "hours": ("giờ riêng", "hours"),
}

# How the source of a day is cited. Another source is shown as it is.
SOURCES: dict[str, tuple[str, str]] = {
    "holidays": ("theo dữ liệu tham khảo (holidays)", "from reference data (holidays)"),
    "quy định trước Bộ luật Lao động 1994": (
        "quy định trước Bộ luật Lao động 1994", "rules before the Labour Code of 1994",
    ),
    "Bộ luật Lao động 1994, Điều 73": (
        "Điều 73 Bộ luật Lao động 1994", "Labour Code 1994, Article 73",
    ),
    "Bộ luật Lao động 1994, Điều 73 (sửa đổi bởi Luật số 84/2007/QH11)": (
        "Điều 73 Bộ luật Lao động 1994 (sửa đổi bởi Luật số 84/2007/QH11)",
        "Labour Code 1994, Article 73 (as amended by Law 84/2007/QH11)",
    ),
    "Bộ luật Lao động 2012, Điều 115": (
        "Điều 115 Bộ luật Lao động 2012", "Labour Code 2012, Article 115",
    ),
    "Bộ luật Lao động 2012, Điều 115 khoản 3": (
        "khoản 3 Điều 115 Bộ luật Lao động 2012", "Labour Code 2012, Article 115.3",
    ),
    "Bộ luật Lao động 2019, Điều 111 khoản 3": (
        "khoản 3 Điều 111 Bộ luật Lao động 2019", "Labour Code 2019, Article 111.3",
    ),
    "Bộ luật Lao động 2019, Điều 112": (
        "Điều 112 Bộ luật Lao động 2019", "Labour Code 2019, Article 112",
    ),
}  # fmt: skip

# What the letters before the number of a document mean. English leaves them as they are.
DOCUMENTS: dict[str, str] = {
    "CV": "Công văn",
    "TB": "Thông báo",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
}

ISSUED = ("{document} ngày {issued}", "{document} of {issued}")

DEADLINE: dict[str, tuple[str, str]] = {
    "clause": (
        "Căn cứ {clause} {regulation} (tóm tắt): {summary}",
        "{clause} of {regulation} (in short): {summary}",
    ),
    "brief": ("chưa đến 1 phút làm việc", "less than a minute"),
    "continues": (
        "Căn cứ {clause} {regulation}: thời hạn tiếp tục, còn {left} trong {whole} "
        "(cách hiểu {reading})",
        "{clause} of {regulation}: the limit continues, {left} of {whole} left (reading {reading})",
    ),
    # after a reschedule: what is left of the new time may be more than the whole limit
    "continues_moved": (
        "Căn cứ {clause}, {moving} {regulation}: thời hạn {whole}, đã hẹn lại, tiếp tục với phần "
        "còn lại khi chuyển lại là {left} (cách hiểu {reading})",
        "{clause}, {moving} of {regulation}: the limit of {whole}, which was rescheduled, "
        "continues with {left} left when the case went back (reading {reading})",
    ),
    "continues_over": (
        "Căn cứ {clause} {regulation}: thời hạn {whole} tiếp tục, "
        "không còn thời gian, đến hạn ngay (cách hiểu {reading})",
        "{clause} of {regulation}: the limit of {whole} continues, "
        "no time is left, so it is due at once (reading {reading})",
    ),
    "due": ("Hạn: {due}.", "Due: {due}."),
    "first_due": ("Hạn ban đầu: {due}.", "First due: {due}."),
    "moved": ("Đã hẹn lại đến {moment} ({clause} Quy chế).", "Moved to {moment} ({clause})."),
    # by the rules of another document
    "moved_by_others": ("Đã hẹn lại đến {moment}.", "Moved to {moment}."),
    # of another document, without its register
    "limit": ("Căn cứ {clause} {regulation}: {limit}", "{clause} of {regulation}: {limit}"),
    "own_limit": (
        "Căn cứ {clause} {regulation}: thời hạn quy định riêng {limit}",
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

EXPIRY: dict[str, tuple[str, str]] = {
    "midnight": (
        "Hạn: hết {day} (24 giờ, {law}). Thời hạn {term}.",
        "Due: the end of {day} (24:00, {law}). Term: {term}.",
    ),
    "closing": (
        "Hạn: {time} {day}, khi hết giờ làm việc. Thời hạn {term}.",
        "Due: {day} {time}, at closing. Term: {term}.",
    ),
    "from": ("Từ {day}{deferred}; {first} ({law}).", "From {day}{deferred}: {first} ({law})."),
    "deferred": (" ({why}, coi như {day})", " ({why}, taken as {day})"),
    "out_of_hours": ("ngoài giờ làm việc", "out of hours"),
    "too_late": ("sau {time} hoặc ngày nghỉ", "after {time} or on a day off"),
    "left_out": ("ngày này không tính", "that day is not counted"),
    "included": (
        "ngày này được tính theo quy định riêng",
        "that day is counted, by a rule of its own",
    ),
    "skipped": ("{days} không tính: {why}.", "{days} not counted: {why}."),
    "working": ("{days}: {n}, {left}{also}.", "{days}: {n}, {left}{also}."),
    "left": ("còn {n}", "{n} left"),
    "none": ("đủ", "none left"),
    "short": (
        "{weekday} {day} làm việc {hours}, vẫn tính một ngày",
        "{weekday} {day} is open {hours}, and counts as a day",
    ),
    "days": (
        "{days}: {n}, kể cả ngày nghỉ ({law}){worked}.",
        "{days}: {n}, days off included ({law}){worked}.",
    ),
    "corresponding": (
        "{days}: {n}, đến ngày tương ứng ({law}){worked}.",
        "{days}: {n}, to the corresponding day ({law}){worked}.",
    ),
    "clipped": (
        "{days}: {n}; tháng cuối không có ngày {number}, lấy ngày cuối tháng ({law}){worked}.",
        "{days}: {n}. The last month has no day {number}, so its last day ({law}){worked}.",
    ),
    "alike": ("{law}, áp dụng tương tự khoản 3", "{law}, by analogy with clause 3"),
    "worked": ("; {day}, nên hạn không chuyển", ", {day}, so it ends there"),
    "rolled": (
        "{days} là ngày nghỉ ({why}); hạn chuyển sang {last} ({law}).",
        "{days} off ({why}), so it ends on {last} instead ({law}).",
    ),
    "law": (
        "khoản {clause} Điều {article} Bộ luật Dân sự 2015",
        "Civil Code 2015, Article {article}({clause})",
    ),
    "late": ("trễ hạn {n}", "overdue by {n}"),
    "late_since": ("trễ hạn, chưa đến một {unit}", "overdue, by less than one {unit}"),
    "last_day": ("hết hạn hôm nay", "due today"),
    "more": ("còn {n}", "{n} left"),
}

# An amount of days or more: one, and any other number.
ONE: dict[str, tuple[str, str]] = {
    "working_days": ("{n} ngày làm việc", "{n} working day"),
    "days": ("{n} ngày", "{n} day"),
    "weeks": ("{n} tuần", "{n} week"),
    "months": ("{n} tháng", "{n} month"),
    "years": ("{n} năm", "{n} year"),
}

MANY = {unit: (vi, f"{en}s") for unit, (vi, en) in ONE.items()}

# By the name of the event. `{who}` is not part of it. Three depend on who acts: a citizen sends
# what an operator takes in, a provider updates the progress (8.2.b), and the centre records whom
# a unit sends (8.1.c2). A reschedule has two sentences, because its event does not have the time
# that the citizen had before.
EVENT_TEXTS: dict[str, tuple[str, str]] = {
    "Received": ("tiếp nhận qua {channel}: {kind}", "received a case by {channel}: {kind}"),
    "Sent": ("gửi qua {channel}: {kind}", "sent a case by {channel}: {kind}"),
    "Completed": ("sửa đổi, bổ sung {field}", "completed {field}"),
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
    "SentBack": ("chuyển trả lại {whom}", "sent the case back to {whom}"),
    "LapseLifted": (
        "bỏ đánh dấu trễ hạn {due} của {late}",
        "lifted the lapse of {late} at {due}",
    ),
    "Withdrawn": ("rút phản ánh, kiến nghị", "withdrew the case"),
    "Reopened": ("mở lại để tiếp nhận, xử lý", "reopened the case"),
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
    "OfficerNamed": (
        "ghi nhận người nhận lại từ cơ quan, đơn vị: {officer}",
        "recorded who gets the case back from the agency: {officer}",
    ),
    "UnitNotified": (
        "thông báo đến {unit}, yêu cầu cử người khác",
        "notified {unit}, and asked for another person",
    ),
    "OutcomeReported": (
        "báo cáo kết quả xử lý của {unit} đối với người bị phản ánh",
        "reported what {unit} did about its staff",
    ),
    "Closed": ("kết thúc xử lý phản ánh, kiến nghị", "closed the case"),
    "Published": ("công khai kết quả", "published the result"),
    "PublicationWithdrawn": ("gỡ kết quả đã công khai", "withdrew the published result"),
    "Commended": ("đề xuất khen thưởng", "proposed a commendation"),
    "Rated": ("đánh giá {score}/5", "rated the handling {score} of 5"),
    "PersonalDataErased": (
        "xóa thông tin cá nhân, căn cứ: {ground}",
        "erased the personal data, on the ground: {ground}",
    ),
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
        ", thời hạn được điều chỉnh từ {old} thành {due}",
        ", and the limit from {old} to {due}",
    ),
    "limit_stays": (", thời hạn {old} giữ nguyên", ", and the limit stays {old}"),
    "recorded": (", nhập vào hệ thống {recorded}", ", entered {recorded}"),
    "kind_set": (": {kind}", ": {kind}"),
    "kind_changed": (" từ {old} thành {kind}", " from {old} to {kind}"),
    "within": (": thuộc thẩm quyền", ": within competence"),
    "without": (": không thuộc thẩm quyền", ": out of competence"),
    "agency": ("cơ quan, đơn vị ({unit})", "the agency ({unit})"),
    "late_unit": ("cơ quan, đơn vị ({unit})", "the unit ({unit})"),
    "accused": (", người bị phản ánh thuộc {units}", ", about somebody of {units}"),
    "about": (", về {unit}", ", about {unit}"),
    "procedure": (", thủ tục {procedure}", ", procedure {procedure}"),
    "days": (" ({days})", " ({days})"),
    "notices": (", theo {notices}", ", by {notices}"),
    "clause": (" ({clause})", " ({clause})"),
    "reading": ("{clause}, cách hiểu {reading}", "{clause}, reading {reading}"),
    "personal": ("; {name}: {value}", "; {name}: {value}"),
    "erased": ("đã xóa", "erased"),
    "sentence": ("{when}: {who} {what}", "{when}: {who} {what}"),
    "alone": ("{when}: {what}", "{when}: {what}"),
}

# The lines of an explanation.
EXPLANATION: dict[str, tuple[str, str]] = {
    "moment": ("{time} {weekday} {day}", "{weekday} {day} {time}"),
    "due": (
        "Hạn: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
        "Due: {due}. Time allowed: {budget}, working hours only.",
    ),
    "first_due": (
        "Hạn ban đầu: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
        "First due: {due}. Time allowed: {budget}, working hours only.",
    ),
    "open": (
        "Nhận lúc {start}, trong giờ làm việc ({hours}).",
        "Received {start}, during working hours ({hours}).",
    ),
    "shut": (
        "Nhận lúc {start}, {why}; tính từ {opening}.",
        "Received {start}, {why}, so counted from {opening}.",
    ),
    "zero": (
        "Nhận lúc {start}; không có thời hạn nào để tính, đến hạn ngay.",
        "Received {start}. No time is allowed, so it is due at once.",
    ),
    "same_day": ("{time} cùng ngày", "{time} the same day"),
    "day_off": ("vào ngày nghỉ", "on a day off"),
    "early": ("trước giờ làm việc", "before working hours"),
    "late": ("sau giờ làm việc", "after working hours"),
    "between": ("giữa hai buổi làm việc", "between two sessions"),
    "lunch": ("trong giờ nghỉ trưa", "at lunch"),
    "span": (
        "{from_day}, {from_}-{to}: {worked}{change}, {left}.",
        "{from_day} {from_}-{to}: {worked}{change}, {left}.",
    ),
    "night": (
        "{from_day}, {from_} đến {to} {to_day}: {worked}{change}, {left}.",
        "{from_day} {from_} to {to_day} {to}: {worked}{change}, {left}.",
    ),
    "change": (" (đồng hồ đổi giờ)", " (the clocks change)"),
    "left": ("còn {left}", "{left} left"),
    "all": ("đủ {budget}", "{budget} in all"),
    "closed": ("{days}: {why}.", "{days}: {why}."),
    "cut": ("{day}, {from_}-{to}: {why}.", "{day} {from_}-{to}: {why}."),
    "dated": ("{weekday} {day} {why}.", "{weekday} {day}: {why}."),
    "hours": ("{weekday} {day} làm việc {hours}: {why}.", "{weekday} {day}, open {hours}: {why}."),
    "other_hours": (
        "{weekday} {day} làm việc {hours}{season}.",
        "{weekday} {day}: open {hours}{season}.",
    ),
    "season": (
        " (giờ theo mùa, từ {first} đến {last})",
        " (hours of the season from {first} to {last})",
    ),
}

# Days of a gap or a step, from one to another.
DAYS = ("{first}-{last}", "{first} to {last}")

EXPECTED = ("tạm tính {why}", "{why}, expected")

# What is closed without a day being closed.
PAUSES: dict[str, tuple[str, str]] = {
    "lunch": ("nghỉ giữa hai buổi làm việc", "break between sessions"),
    "night": ("hết giờ làm việc, sang ngày sau", "closed overnight"),
    "before_opening": ("trước giờ làm việc", "before opening"),
    "after_closing": ("sau giờ làm việc", "after closing"),
}

# The words of the picture.
PICTURE: dict[str, tuple[str, str]] = {
    "title": ("Hạn: {due}", "Due: {due}"),
    "sub": ("{budget} làm việc, nhận lúc {start}", "{budget} of working time, received {start}"),
    "received": ("nhận {time}", "received {time}"),
    "due": ("hạn {time}", "due {time}"),
    "counted": ("giờ được tính", "time that counts"),
    "open": ("giờ làm việc khác", "other working time"),
    "closed": ("ngày nghỉ", "days off"),
    "folded": ("{n} ngày khác, trong đó tính {worked}", "{n} more days, {worked} of them count"),
    "provisional": (
        "Tạm tính: lịch nghỉ chưa chính thức",
        "Provisional: these days off are not official yet",
    ),
}

# What any explanation rests on, and whether a notice may still move it.
BASIS: dict[str, tuple[str, str]] = {
    "official": (
        "Lịch nghỉ chính thức đã công bố đến hết {day}.",
        "Days off are official through {day}.",
    ),
    "before": (
        "Tạm tính: ngày nghỉ trước {day} chưa được đối chiếu với văn bản.",
        "Provisional: days off before {day} were not checked against notices.",
    ),
    "assumed": ("Giờ làm việc (giả định): theo {source}.", "Assumed office hours: {source}."),
    "hours_of": ("Giờ làm việc: theo {source}.", "Office hours: {source}."),
    "beyond": (
        "Tạm tính: hạn rơi vào sau {day}, chưa có lịch nghỉ chính thức.",
        "Provisional: due after {day}, for which no days off are official yet.",
    ),
    "open_notice": (
        "Tạm tính: ngày {day} mới có đề xuất, chưa có văn bản chính thức.",
        "Provisional: {day} is only proposed, without an official notice.",
    ),
}

# Lines below the explanation of a limit.
CASE_EXPLANATION: dict[str, tuple[str, str]] = {
    "moved": (
        "Lịch làm việc đã đổi: hạn {old} nay là {new}.",
        "The calendar changed: what was due {old} is due {new}.",
    ),
    "moved_by": (
        "Lịch làm việc đã đổi theo {notices}: hạn {old} nay là {new}.",
        "The calendar changed by {notices}: what was due {old} is due {new}.",
    ),
    "note": ("Lưu ý: {caution}.", "Note: {caution}."),
}

# What a line of words says besides the word for its outcome.
OUTCOME: dict[str, tuple[str, str]] = {
    "due": ("hạn {time} {day}", "due {day} {time}"),
    "late": ("đã trễ hạn", "late"),
    "possible": ("có thể: {triggers}", "possible: {triggers}"),
    "provisional": ("{text} (tạm tính)", "{text} (provisional)"),
}

# What letters say, whatever they are about.
LETTERS: dict[str, tuple[str, str]] = {
    "person": ("Ông/Bà", "you"),
    "organisation": ("Quý đơn vị", "you"),
    "unnamed": ("Ông/Bà", "the sender of this request"),
    "regulation": (
        "Quy chế hoạt động Tổng đài hỗ trợ, thu thập thông tin và giải đáp thắc mắc, kiến nghị, "
        "phản ánh của tổ chức, cá nhân trong giải quyết thủ tục hành chính tại Trung tâm Phục vụ "
        "hành chính công tỉnh Hòa Bình, ban hành kèm theo Quyết định số 2370/QĐ-UBND ngày 30 "
        "tháng 10 năm 2019 của Chủ tịch Ủy ban nhân dân tỉnh Hòa Bình (sau đây gọi là Quy chế)",
        "the Regulation on the public administration hotline of Hòa Bình province, issued with "
        "Decision 2370/QĐ-UBND of 30 Oct 2019 by the Chairman of the People's Committee (the "
        "Regulation)",
    ),
    "document": ("văn bản số {number} (sau đây gọi là Quy chế)", "{number} (the Regulation)"),
}

REPORT: dict[str, tuple[str, str]] = {
    "nation": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": ("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
    "title": (
        "BÁO CÁO TÌNH HÌNH TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ",
        "REPORT ON THE CASES OF THE HOTLINE",
    ),
    "by": ("Phân theo {by}", "By {by}"),
    "by.kind": ("loại nội dung", "kind"),
    "by.channel": ("hình thức tiếp nhận", "channel"),
    "by.unit": ("cơ quan, đơn vị", "unit"),
    "by.officer": ("người xử lý", "person"),
    "by.ground": ("lý do không tiếp nhận", "ground of refusal"),
    "decision": (
        "Điều 12, 14, 15 Quy chế ban hành kèm theo Quyết định số 2370/QĐ-UBND ngày 30/10/2019",
        "Art. 12, 14, 15 of the Regulation of Decision 2370/QĐ-UBND of 2019-10-30",
    ),
    "period": ("Kỳ báo cáo: từ {since} đến hết {until}", "Period: {since} to the end of {until}"),
    "as_of": ("Số liệu tính đến {at}", "As of {at}"),
    "entered_after": (
        "chưa tính bước xử lý nhập sau thời điểm này của {n} PAKN",
        "without the steps of {n} cases that were entered after that",
    ),
    "notes": (
        "Cách hiểu áp dụng khi Quy chế chưa quy định cụ thể: trễ hạn của bộ phận một cửa (R2), bỏ "
        "đánh dấu trễ hạn (R50), tính trễ hạn cho ai (R51), chuyển trả lại (R53), rút lại (R54), "
        "mở lại khi không tiếp nhận sai (R55), chờ lâu (R9, R52), chưa thông báo (R36).",
        "Readings where the Regulation is silent: late officers (R2), lapses lifted (R50), whose "
        "lateness it is (R51), sent back (R53), withdrawn (R54), reopened after a wrong refusal "
        "(R55), long waits (R9, R52), units not notified (R36).",
    ),
    "measure": ("Đơn vị tính: phản ánh, kiến nghị (PAKN)", "Unit: cases"),
    "no": ("STT", "No."),
    "section.own": ("Cơ quan, đơn vị của tỉnh", "Bodies of the province"),
    "section.central": ("Cơ quan Trung ương trên địa bàn", "Central bodies in the province"),
    "subtotal": ("Cộng", "Sum"),
    "total": ("Tổng cộng", "Total"),
    "none.kind": ("Không rõ", "Not known"),
    "none.channel": ("Không rõ", "Not known"),
    "none.unit": ("Tổng đài / không rõ đơn vị", "Hotline / unknown unit"),
    "none.officer": ("Không ghi tên người xử lý", "Nobody named"),
    "none.ground": ("Đã tiếp nhận", "Accepted"),
    "table.cases": ("I. Tiếp nhận và giải quyết", "I. Received and done"),
    "table.limits": (
        "II. Thời hạn đã kết thúc trong kỳ, lưu ý", "II. Limits that ended in the period, cautions",
    ),
    "table.contact": ("III. Hẹn, phản hồi và công khai", "III. Appointments, replies, publication"),
    "head.received": ("Tiếp nhận", "Received"),
    "head.done": ("Đã kết thúc xử lý", "Done"),
    "head.open": ("Đang giải quyết", "Open"),
    "head.limits": ("Thời hạn theo Điều 9", "Limits of Article 9"),
    "head.besides": ("Theo dõi thêm", "Besides"),
    "head.cautions": ("Lưu ý tại thời điểm tính số liệu", "Cautions as of then"),
    "head.appointments": ("Chuyển trả, hẹn trả lời", "Sent back, appointments"),
    "head.first_word": ("Phản hồi lần đầu", "First word"),
    "head.rating": ("Mức độ hài lòng", "Satisfaction"),
    "head.after": ("Công khai, khen thưởng", "Publication"),
    "chart": ("Biểu đồ", "Chart"),
    "report": ("Báo cáo", "Report"),
    "cases": ("PAKN", "Cases"),
    "counted": ("Chỉ tiêu", "Counted as"),
    "case": ("Mã PAKN", "Case"),
    "id": ("Mã", "Id"),
    "central": ("Cơ quan Trung ương", "Central body"),
    "dated": (
        "{place}, ngày ..... tháng ..... năm {year}", "{place}, ..... {year}",
    ),
    "writer": ("NGƯỜI LẬP BIỂU", "PREPARED BY"),
    "signer": ("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE OFFICE"),
    "sign": ("(Ký, ghi rõ họ tên)", "(signature, full name)"),
    "seal": ("(Ký, đóng dấu, ghi rõ họ tên)", "(signature, seal, full name)"),
}  # fmt: skip
