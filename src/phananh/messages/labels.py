"""Words in both languages for what the code names by slugs (Art. 2-9), and for amounts of time."""

# group: slug: (Vietnamese, English)
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "state": {
        "received": ("đã tiếp nhận", "received"),
        "rejected": ("không được tiếp nhận", "not accepted"),
        "escalated": ("đã chuyển", "passed on"),
        "pending_verification": ("đang xác minh", "being verified"),
        "overdue": ("trễ hạn", "overdue"),
        "answered": ("đã trả lời", "answered"),
        "closed": ("đã kết thúc", "closed"),
    },
    "role": {
        "citizen": ("tổ chức, cá nhân", "citizen"),
        "operator": ("điện thoại viên", "operator"),
        "officer": ("công chức, viên chức bộ phận một cửa", "one-stop officer"),
        "provider": ("Bưu điện tỉnh, đơn vị cung cấp dịch vụ khác", "service provider"),
        "leadership": ("lãnh đạo Trung tâm Phục vụ hành chính công", "centre leadership"),
        "agency": ("cán bộ đầu mối của cơ quan, đơn vị", "agency focal point"),
        "agency_head": ("thủ trưởng đơn vị", "head of the unit"),
        "office": ("Văn phòng UBND tỉnh", "Office of the People's Committee"),
        "system": ("Hệ thống phần mềm", "the system"),
    },
    "kind": {
        "information": ("yêu cầu giải đáp thông tin, thắc mắc", "request for information"),
        "regulation": ("phản ánh về quy định hành chính", "report on a rule"),
        "conduct": ("phản ánh về hành vi hành chính", "report on conduct"),
        "proposal": ("kiến nghị", "proposal"),
        "service": ("yêu cầu dịch vụ bưu chính, tiện ích", "postal or other service"),
        "complaint": ("khiếu nại", "complaint"),
        "denunciation": ("tố cáo", "denunciation"),
    },
    "channel": {
        "phone": ("điện thoại", "phone"),
        "portal": ("Cổng 1022", "portal"),
        "email": ("thư điện tử", "e-mail"),
        "message": ("tin nhắn", "message"),
    },
    "trigger": {
        "receive": ("tiếp nhận", "receive"),
        "complete": ("bổ sung thông tin", "complete"),
        "note": ("ghi chú", "note"),
        "reject": ("không tiếp nhận", "reject"),
        "answer": ("trả lời", "answer"),
        "escalate": ("chuyển", "escalate"),
        "advise": ("cho ý kiến", "advise"),
        "request_verification": ("chuyển xác minh", "request verification"),
        "report_findings": ("báo cáo kết quả xác minh", "report findings"),
        "send_back": ("chuyển trả lại", "send back"),
        "reschedule": ("hẹn lại", "reschedule"),
        "lapse": ("đánh dấu trễ hạn", "lapse"),
        "lift_lapse": ("bỏ đánh dấu trễ hạn", "lift a lapse"),
        "move_deadline": ("tính lại thời hạn", "move the deadline"),
        "reassign": ("cử người khác", "reassign"),
        "notify_unit": ("thông báo đến cơ quan, đơn vị", "notify unit"),
        "report_outcome": ("báo cáo kết quả xử lý người bị phản ánh", "report the outcome"),
        "withdraw": ("rút phản ánh, kiến nghị", "withdraw"),
        "reopen": ("mở lại", "reopen"),
        "close": ("kết thúc", "close"),
        "publish": ("công khai", "publish"),
        "unpublish": ("gỡ nội dung đã công khai", "unpublish"),
        "commend": ("đề xuất khen thưởng", "commend"),
        "rate": ("đánh giá mức độ hài lòng", "rate"),
        "erase": ("xóa thông tin cá nhân", "erase personal data"),
        "sweep": ("rà soát thời hạn", "sweep"),
        "read": ("xem phản ánh, kiến nghị", "read"),
    },
    "reason": {
        "complaint_or_denunciation": (
            "là khiếu nại hoặc tố cáo, không thuộc phạm vi Quy chế",
            "it is a complaint or denunciation, which is outside the Regulation",
        ),
        "outside_article_4": (
            "nội dung không đúng quy định tại Điều 4",
            "the subject is outside Article 4",
        ),
        "unclear": ("nội dung chưa rõ ràng", "the content is not clear"),
        "not_vietnamese": ("không sử dụng tiếng Việt", "it is not in Vietnamese"),
        "no_name": ("thiếu họ tên hoặc tên tổ chức", "the sender's name is missing"),
        "no_contact": (
            "thiếu thông tin liên hệ dùng được để trả lời",
            "there is no usable way to reply",
        ),
        "out_of_competence": (
            "không thuộc thẩm quyền, theo ý kiến lãnh đạo Trung tâm Phục vụ hành chính công",
            "it is out of competence, by the leadership's opinion",
        ),
    },
    "guidance": {
        "complaint_or_denunciation": (
            "đề nghị Ông/Bà gửi đơn đến Ban Tiếp công dân tỉnh hoặc cơ quan có thẩm quyền "
            "giải quyết",
            "send it to the citizens' reception office or the authority that decides it",
        ),
        "outside_article_4": (
            "đề nghị Ông/Bà liên hệ cơ quan có thẩm quyền về nội dung đó",
            "turn to the body in charge of the subject",
        ),
        "unclear": (
            "đề nghị Ông/Bà nêu rõ việc gì, ở đâu, khi nào, thủ tục nào",
            "say what, where, when and which procedure",
        ),
        "not_vietnamese": ("đề nghị Ông/Bà gửi lại bằng tiếng Việt", "send it again in Vietnamese"),
        "no_name": ("đề nghị Ông/Bà cho biết họ tên hoặc tên tổ chức", "give the name"),
        "no_contact": (
            "đề nghị Ông/Bà cho biết số điện thoại, địa chỉ thư điện tử hoặc địa chỉ liên hệ",
            "give a phone number, an e-mail or a postal address",
        ),
        "out_of_competence": (
            "đề nghị Ông/Bà liên hệ cơ quan mà lãnh đạo Trung tâm Phục vụ hành chính công đã xác "
            "định",
            "turn to the body that the leadership named",
        ),
    },
    "field": {
        "content": ("nội dung phản ánh, kiến nghị", "content"),
        "text": ("nội dung", "text"),
        "guidance": ("hướng dẫn", "guidance"),
        "ground": ("căn cứ xóa", "ground"),
        "reason": ("lý do", "reason"),
        "name": ("tên", "name"),
        "address": ("địa chỉ liên hệ", "address"),
        "phone": ("số điện thoại", "phone number"),
        "email": ("địa chỉ thư điện tử", "e-mail address"),
        "id": ("mã", "id"),
        "kind": ("loại nội dung", "kind"),
        "accused": ("người bị phản ánh", "accused"),
        "about_unit": ("cơ quan, đơn vị bị phản ánh", "unit it is about"),
        "language": ("ngôn ngữ", "language"),
        "procedure": ("thủ tục hành chính", "procedure"),
        "sender": ("thông tin liên hệ", "contact details"),
        "code": ("mã tra cứu", "tracking code"),
        "documents": ("văn bản", "documents"),
        "letter": ("văn bản", "letter"),
        "template": ("mẫu văn bản", "template"),
        "folder": ("thư mục", "folder"),
        "agency": ("cơ quan, đơn vị xác minh", "agency"),
        "appointment": ("thời gian hẹn trả lời", "time of the appointment"),
        "channel": ("hình thức tiếp nhận", "channel"),
        "focal": ("cán bộ đầu mối", "focal point"),
        "reasons": ("lý do không tiếp nhận", "reasons"),
        "role": ("vai trò", "role"),
        "score": ("mức độ hài lòng", "satisfaction"),
        "to": ("người nhận", "receiver"),
        "unit": ("cơ quan, đơn vị", "unit"),
        "within_competence": ("thuộc thẩm quyền", "within competence"),
        # The act stands before a name that means several things, and a group before its own.
        "reassign.to": ("người được cử", "person named"),
        "reschedule.to": ("thời gian hẹn lại", "new time"),
        "commend.text": ("hình thức khen thưởng, lý do", "commendation and reason"),
        "unpublish.text": ("lý do", "reason"),
        "accused.id": ("mã của người bị phản ánh", "id of the accused"),
        "accused.unit": ("cơ quan, đơn vị của người bị phản ánh", "unit of the accused"),
        "sender.name": ("tên tổ chức, cá nhân", "name of the sender"),
        "sender.address": ("địa chỉ liên hệ", "address of the sender"),
        "sender.phone": ("số điện thoại", "phone number of the sender"),
        "sender.email": ("địa chỉ thư điện tử", "e-mail address of the sender"),
        "to.id": ("mã của người nhận", "id of the receiver"),
        "to.role": ("vai trò của người nhận", "role of the receiver"),
        "to.unit": ("cơ quan, đơn vị của người nhận", "unit of the receiver"),
    },
    # Of a log that is a table, where it heads a column otherwise than a form names the field.
    "column": {
        "act": ("bước xử lý", "step"),
        "at": ("thời điểm", "time"),
        "by": ("người thực hiện", "who acts"),
        "by.id": ("mã người thực hiện", "id of who acts"),
        "by.role": ("vai trò người thực hiện", "role of who acts"),
        "by.unit": ("đơn vị người thực hiện", "unit of who acts"),
        "case": ("tên PAKN trong nhật ký", "name of the case"),
        "sender.id": ("mã của tổ chức, cá nhân", "id of the sender"),
        "text": ("nội dung của bước", "text of the step"),
        "reason": ("lý do hẹn lại", "reason for the new time"),
        "unit": ("cơ quan, đơn vị được thông báo", "unit to notify"),
        "key": ("khóa của dòng", "key of the row"),
        "line": ("dòng", "row"),
    },
    # Of what was sent: a tag and its name. `und` stands for every other.
    "language": {
        "vi": ("tiếng Việt", "Vietnamese"),
        "en": ("tiếng Anh", "English"),
        "zh": ("tiếng Trung Quốc", "Chinese"),
        "und": ("ngôn ngữ khác", "another language"),
    },
    "boolean": {
        "true": ("có", "yes"),
        "false": ("không", "no"),
    },
    "letter": {
        "receipt": ("thông báo tiếp nhận", "receipt"),
        "missing": ("đề nghị bổ sung thông tin", "request for what is missing"),
        "refusal": ("thông báo không tiếp nhận", "refusal"),
        "appointment": ("hẹn thời gian trả lời", "appointment"),
        "reschedule": ("hẹn lại thời gian trả lời", "later appointment"),
        "answer": ("văn bản trả lời", "answer"),
        "unit_notice": ("thông báo đến cơ quan, đơn vị", "notice to the unit"),
        "reminder": ("văn bản đôn đốc", "reminder"),
    },
    "delivery": {
        "waiting": ("sẽ gửi lại", "will be sent again"),
        "dead": ("không gửi được", "given up"),
        "dropped": ("không gửi", "not sent"),
        "unaddressed": ("không gửi", "not sent"),
    },
    "cause": {
        "day_off": ("thêm ngày nghỉ", "a day off"),
        "worked_day": ("thêm ngày làm việc", "a worked day"),
        "other_hours": ("thay đổi giờ làm việc", "other hours"),
        "unexplained": ("chưa rõ lý do", "no reason known"),
    },
    "outcome": {
        "recorded": ("đã ghi nhận", "recorded"),
        "refused": ("không được thực hiện", "refused"),
        "not_allowed": ("không có bước này", "not allowed"),
        "conflict": ("đã có cập nhật khác", "conflict"),
        "invalid": ("không hợp lệ", "invalid"),
    },
    # Of a report, with what is computed of the counts.
    "count": {
        "carried_over": ("từ kỳ trước chuyển sang", "carried over"),
        "received": ("tiếp nhận trong kỳ", "received"),
        "known": ("tổng số tiếp nhận", "all cases"),
        "refused": ("không tiếp nhận", "not accepted"),
        "withdrawn": ("rút lại", "withdrawn"),
        "answered_in_time": ("trả lời đúng hạn", "answered in time"),
        "answered_late": ("trả lời trễ hạn", "answered late"),
        "done": ("tổng số đã kết thúc xử lý", "all done"),
        "done_share": ("tỷ lệ kết thúc xử lý", "share done"),
        "open_in_time": ("đang giải quyết, trong hạn", "open in time"),
        "open_late": ("đang giải quyết, trễ hạn", "open late"),
        "open": ("tổng số đang giải quyết", "all open"),
        "met": ("đúng hạn", "limits met"),
        "late_officer": ("trễ hạn của bộ phận một cửa (khoản 1 Điều 9)", "late: officer (9.1)"),
        "late_agency": ("trễ hạn của cơ quan, đơn vị (khoản 2 Điều 9)", "late: agency (9.2)"),
        "late_other": ("trễ hạn khác", "late: others"),
        "limits": ("tổng số thời hạn", "all limits"),
        "in_time_share": ("tỷ lệ đúng hạn", "share in time"),
        "points": ("điểm đánh giá", "points"),
        "late_as_promised": ("trễ hạn so với hạn ban đầu", "late as first promised"),
        "entered_late": ("nhập sau khi hết hạn", "entered after due"),
        "lifted": ("bỏ đánh dấu trễ hạn", "lapses lifted"),
        "sent_back": ("chuyển trả lại", "sent back"),
        "put_off": ("dời thời gian trả lời", "put off"),
        "rescheduled": ("hẹn lại", "moved later"),
        "rescheduled_days": ("số ngày hẹn thêm", "days added"),
        "kept": ("trả lời đúng hẹn", "times kept"),
        "missed": ("quá thời gian đã hẹn", "times missed"),
        "first_words": ("số PAKN đã phản hồi", "first words"),
        "first_word_hours": ("số giờ chờ phản hồi, mọi giờ", "all hours to the first word"),
        "first_word_mean": ("số giờ chờ bình quân", "mean hours"),
        "rated": ("lượt đánh giá", "ratings"),
        "stars": ("tổng điểm hài lòng", "sum of scores"),
        "stars_mean": ("mức độ hài lòng bình quân", "mean score"),
        "published": ("đã công khai", "published"),
        "commended": ("đề xuất khen thưởng", "commended"),
        "waiting": ("chờ điện thoại viên xử lý", "waiting for the operator"),
        "silent": ("chờ xử lý đã lâu", "long waits without a limit"),
        "unit_not_told": (
            "phản ánh về hành vi chưa thông báo cho đơn vị nào",
            "on conduct, no unit notified",
        ),
    },
    "appointment": {
        "open": ("chưa đến thời gian hẹn", "open"),
        "kept": ("đúng hẹn", "kept"),
        "missed": ("quá thời gian đã hẹn", "missed"),
        "replaced": ("đã hẹn thời gian khác", "replaced by another"),
    },
    "caution": {
        "unit_not_told": (
            "chưa thông báo đến cơ quan, đơn vị bị phản ánh hoặc cơ quan, đơn vị của người bị phản "
            "ánh",
            "the unit that it is about, or that of an accused, was not notified",
        ),
        "holder_accused": (
            "người xử lý hoặc nhận lại là người bị phản ánh, hoặc chưa cử ai: cử người khác",
            "the holder or who asked is accused, or nobody is named: name another person",
        ),
        "appointment_missed": (
            "quá thời gian đã hẹn trả lời tổ chức, cá nhân",
            "an appointment with the citizen was missed",
        ),
        "appointment_again": (
            "đã chuyển cùng cơ quan, đơn vị xác minh lần nữa",
            "the same agency was asked again",
        ),
        "waiting": (
            "chờ điện thoại viên xử lý (khoản 2 Điều 3, cách hiểu R52)",
            "the operator has not handled it yet (Art. 3(2), reading R52)",
        ),
        "passed_around": (
            "chuyển đi, trả lại nhiều lần: xác định đúng thẩm quyền (điểm b khoản 1 Điều 10, "
            "cách hiểu R53)",
            "passed on and back several times: find who is competent (Art. 10(1)(b), reading R53)",
        ),
        "put_off": (
            "nhiều lần dời thời gian trả lời vì chuyển xác minh lần nữa (khoản 3 Điều 9, cách "
            "hiểu R58)",
            "put off several times by asking an agency again (Art. 9(3), reading R58)",
        ),
        "no_reply_after_findings": (
            "cơ quan đã xong việc mà chưa trả lời tổ chức, cá nhân",
            "the agency is done, and the sender has no answer yet",
        ),
        "entered_after_due": (
            "có bước nêu là trong thời hạn nhưng nhập vào hệ thống sau khi hết hạn (cách hiểu R49)",
            "a step that is stated in time was entered after the limit ran out (reading R49)",
        ),
        "sender_erased": (
            "thông tin liên hệ đã xóa: không còn đối chiếu được nội dung công khai, thông báo",
            "the sender was erased: a text to publish or to send a unit can no longer be compared",
        ),
        "silent": ("chờ xử lý đã lâu, không có thời hạn", "a long wait without a limit"),
        "rules_not_begun": (
            "tiếp nhận trước ngày quy định có hiệu lực: kiểm tra quy định khi đó",
            "received before these rules began: check which rules applied then",
        ),
        "rules_ended": (
            "tiếp nhận sau ngày cuối cùng của quy định: kiểm tra quy định hiện hành",
            "received after the last day of these rules: check which rules apply",
        ),
        "incomplete": ("còn thông tin cần bổ sung", "some information is to be completed"),
        "not_vietnamese": (
            "nội dung không phải tiếng Việt (điểm a Điều 6, khoản 5 Điều 3): hướng dẫn bổ sung "
            "trước khi chuyển (cách hiểu R42)",
            "the content is not in Vietnamese (Art. 6(a), 3(5)): ask the sender to complete it "
            "before it is passed on (reading R42)",
        ),
        "not_within_competence": (
            "ý kiến gần nhất của lãnh đạo Trung tâm Phục vụ hành chính công là không thuộc thẩm "
            "quyền: thông báo cho tổ chức, cá nhân",
            "the leadership's last opinion says out of competence: inform the sender",
        ),
        "complaint": (
            "khiếu nại, tố cáo không thuộc phạm vi Quy chế: không tiếp nhận, hoặc nếu đã chuyển "
            "thì trả lời, hướng dẫn nơi gửi đơn",
            "a complaint or denunciation: reject or answer it, with guidance where to turn",
        ),
        "appointment_provisional": (
            "thời gian hẹn trả lời rơi vào ngày chưa có lịch nghỉ chính thức",
            "the appointment is on a day for which no official notice is known",
        ),
        "appointment_off_hours": (
            "thời gian hẹn trả lời nằm ngoài giờ làm việc",
            "the appointment is outside working time",
        ),
        "appointment_earlier": (
            "thời gian hẹn lại sớm hơn thời gian đã hẹn trước đó với tổ chức, cá nhân",
            "the new appointment is earlier than the one that the citizen had before",
        ),
        "appointment_before_limit": (
            "thời gian hẹn trả lời sớm hơn thời hạn của cơ quan, đơn vị xác minh",
            "the appointment is earlier than the agency's own limit",
        ),
    },
}

_PLACE = {"vi": 0, "en": 1}


def word(group: str, slug: str, lang: str = "en") -> str:
    """Return the words for a slug of a group, in `vi` or `en`.

    Raises:
        KeyError: no such group, no such slug in it, or another language.
    """
    return WORDS[group][slug][_PLACE[lang]]


def words(group: str, lang: str = "en") -> dict[str, str]:
    """Return the slugs of a group with their words in `vi` or `en`, such as for a form.

    The groups are kind, channel, role, state, trigger, reason, guidance, field, column, label,
    boolean, letter, cause, outcome, count, appointment and caution.

    Raises:
        KeyError: no such group, or another language.

    Example:
        >>> words("channel", "vi")
        {'phone': 'điện thoại', 'portal': 'Cổng 1022', ...}
    """
    return {slug: both[_PLACE[lang]] for slug, both in WORDS[group].items()}


def capitalize(text: str) -> str:
    """Return a text with a capital first, and the rest of it as it is."""
    return text[:1].upper() + text[1:]


# When rules ended: those of Hòa Bình with the province, others on a day that they set (R29).
RULES_ENDED: dict[str, tuple[str, str]] = {
    "merged": (
        "tiếp nhận từ khi Hòa Bình sáp nhập vào Phú Thọ (01/07/2025): kiểm tra quy định hiện hành",
        "received after the province was merged on 2025-07-01: check which rules apply",
    ),
    "dated": (
        "tiếp nhận sau ngày {until}, ngày cuối cùng của quy định: kiểm tra quy định hiện hành",
        "received after {until}, the last day of these rules: check which rules apply",
    ),
}

# What a request lacks whose contact fields the rules name, and what its sender may do (6.c, R11).
LACKING: dict[str, tuple[str, str]] = {
    "reason": ("thiếu {field} dùng được", "a usable {field} is missing"),
    "guidance": ("đề nghị Ông/Bà cho biết {field}", "give the {field}"),
}

# name of a Python type: what a value of it is called if the value is not shown
TYPES = {
    "str": ("văn bản", "a text"),
    "int": ("số", "a number"),
    "float": ("số", "a number"),
    "bool": ("true hoặc false", "true or false"),
    "NoneType": ("null", "null"),
    "list": ("danh sách", "a list"),
    "tuple": ("danh sách", "a list"),
    "set": ("tập hợp", "a set"),
    "dict": ("đối tượng", "an object"),
    "bytes": ("chuỗi byte", "bytes"),
}

# name of a fact: group of its slugs
GROUP_OF_FACT = {
    "role": "role",
    "holder": "role",
    "needed": "role",
    "state": "state",
    "reason": "reason",
    "field": "field",
    "lacks": "field",
    "letter": "letter",
}

# What a step does, before the case it is done to. Steps of a citizen and the system too.
STEPS: dict[str, str] = {
    "receive": "receive",
    "complete": "complete",
    "note": "add a note to",
    "reject": "reject",
    "answer": "answer",
    "escalate": "escalate",
    "advise": "advise on",
    "request_verification": "request verification of",
    "report_findings": "report findings on",
    "send_back": "send back",
    "reschedule": "reschedule",
    "lapse": "mark as late",
    "lift_lapse": "lift the lapse of",
    "move_deadline": "move the deadline of",
    "reassign": "reassign",
    "notify_unit": "notify the unit of",
    "report_outcome": "report the outcome of",
    "withdraw": "withdraw",
    "reopen": "reopen",
    "close": "close",
    "publish": "publish",
    "unpublish": "withdraw the publication of",
    "commend": "propose a commendation for",
    "rate": "rate",
    "sweep": "sweep",
}

# The case, by its state.
STAGES: dict[str, str] = {
    "received": "a received case",
    "rejected": "a rejected case",
    "escalated": "an escalated case",
    "pending_verification": "a case pending verification",
    "overdue": "an overdue case",
    "answered": "an answered case",
    "closed": "a closed case",
}

TIME_LEFT: dict[str, tuple[str, str]] = {
    "due": ("đến hạn", "due now"),
    "left": ("còn {amount} làm việc", "{amount} left"),
    "over": ("quá {amount} làm việc", "{amount} over"),
    "left_none": (
        "chưa đến hạn, nhưng không còn giờ làm việc nào",
        "not due yet, but no working time is left",
    ),
    "over_none": (
        "trễ hạn, nhưng chưa qua giờ làm việc nào",
        "overdue, but no working time has passed since",
    ),
    "left_brief": (
        "còn chưa đến 1 phút làm việc",
        "less than a minute of working time left",
    ),
    "over_brief": (
        "quá chưa đến 1 phút làm việc",
        "less than a minute of working time over",
    ),
    "amount": ("{amount} làm việc", "{amount}"),
}

# Vietnamese, then English for one, for several, and short.
UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("giờ", "hour", "hours", "h"),
    ("phút", "minute", "minutes", "min"),
    ("giây", "second", "seconds", "s"),
)

# English puts "working" before an hour that is the only part.
ENGLISH_WORK = ("{number} working {unit}", "{amount} of working time")
