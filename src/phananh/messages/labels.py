"""Vietnamese and English words for what the code names by slugs (Art. 2-9)."""

# group: slug: (Vietnamese, English)
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "state": {
        "received": ("đã tiếp nhận", "received"),
        "rejected": ("không tiếp nhận", "not taken"),
        "escalated": ("đã chuyển", "passed on"),
        "pending_verification": ("đang xác minh", "being verified"),
        "overdue": ("trễ hạn", "overdue"),
        "answered": ("đã trả lời", "answered"),
        "closed": ("đã đóng", "closed"),
    },
    "role": {
        "citizen": ("tổ chức, cá nhân", "citizen"),
        "operator": ("điện thoại viên", "operator"),
        "officer": ("công chức bộ phận một cửa", "one-stop officer"),
        "provider": ("đơn vị cung cấp dịch vụ", "service provider"),
        "leadership": ("lãnh đạo Trung tâm", "centre leadership"),
        "agency": ("cán bộ đầu mối của cơ quan", "agency focal point"),
        "agency_head": ("thủ trưởng đơn vị", "head of the unit"),
        "office": ("Văn phòng UBND tỉnh", "Office of the People's Committee"),
        "system": ("hệ thống phần mềm", "the system"),
    },
    "kind": {
        "information": ("yêu cầu giải đáp thông tin", "request for information"),
        "regulation": ("phản ánh về quy định hành chính", "report on a rule"),
        "conduct": ("phản ánh về hành vi hành chính", "report on conduct"),
        "proposal": ("kiến nghị", "proposal"),
        "service": ("đăng ký dịch vụ bưu chính, tiện ích", "postal or other service"),
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
        "complete": ("bổ sung", "complete"),
        "reject": ("không tiếp nhận", "reject"),
        "answer": ("trả lời", "answer"),
        "escalate": ("chuyển", "escalate"),
        "advise": ("cho ý kiến", "advise"),
        "request_verification": ("yêu cầu xác minh", "request verification"),
        "report_findings": ("báo kết quả xác minh", "report findings"),
        "reschedule": ("hẹn lại", "reschedule"),
        "lapse": ("quá hạn", "lapse"),
        "move_deadline": ("tính lại hạn", "move the deadline"),
        "reassign": ("cử người khác", "reassign"),
        "notify_unit": ("thông báo đơn vị", "notify unit"),
        "close": ("đóng", "close"),
        "publish": ("công khai", "publish"),
        "commend": ("đề xuất khen thưởng", "commend"),
        "rate": ("đánh giá", "rate"),
        "sweep": ("rà soát hạn", "sweep"),
    },
    "reason": {
        "complaint_or_denunciation": (
            "là khiếu nại hoặc tố cáo, Tổng đài không tiếp nhận",
            "it is a complaint or denunciation, which the hotline does not take",
        ),
        "outside_article_4": ("nội dung không thuộc Điều 4", "the subject is outside Article 4"),
        "unclear": ("nội dung chưa rõ ràng", "the content is not clear"),
        "not_vietnamese": ("không dùng tiếng Việt", "it is not in Vietnamese"),
        "no_name": ("thiếu tên người gửi", "the sender's name is missing"),
        "no_contact": ("thiếu thông tin liên hệ", "there is no usable way to reply"),
        "out_of_competence": (
            "không thuộc thẩm quyền, theo ý kiến lãnh đạo Trung tâm",
            "it is out of competence, by the leadership's opinion",
        ),
    },
    "guidance": {
        "complaint_or_denunciation": (
            "gửi đơn tới Ban Tiếp công dân hoặc cơ quan có thẩm quyền giải quyết",
            "send it to the citizens' reception office or the authority that decides it",
        ),
        "outside_article_4": (
            "liên hệ cơ quan phụ trách nội dung đó",
            "turn to the body in charge of the subject",
        ),
        "unclear": (
            "nói rõ việc gì, ở đâu, khi nào, thủ tục nào",
            "say what, where, when and which procedure",
        ),
        "not_vietnamese": ("gửi lại bằng tiếng Việt", "send it again in Vietnamese"),
        "no_name": ("cho biết họ tên", "give the name"),
        "no_contact": (
            "cho biết số điện thoại, thư điện tử hoặc địa chỉ",
            "give a phone number, an e-mail or a postal address",
        ),
        "out_of_competence": (
            "liên hệ cơ quan mà lãnh đạo Trung tâm đã nêu",
            "turn to the body that the leadership named",
        ),
    },
    "field": {
        "content": ("nội dung", "content"),
        "text": ("văn bản", "text"),
        "guidance": ("hướng dẫn", "guidance"),
        "reason": ("lý do", "reason"),
        "name": ("tên", "name"),
        "address": ("địa chỉ", "address"),
        "phone": ("số điện thoại", "phone number"),
        "email": ("địa chỉ thư điện tử", "e-mail address"),
        "kind": ("loại nội dung", "kind"),
        "accused": ("người bị phản ánh", "accused"),
        "about_unit": ("đơn vị bị phản ánh", "unit it is about"),
    },
    "cause": {
        "day_off": ("thêm ngày nghỉ", "a day off"),
        "worked_day": ("thêm ngày làm việc", "a worked day"),
        "other_hours": ("giờ làm việc thay đổi", "other hours"),
        "unexplained": ("chưa rõ nguyên nhân", "no reason known"),
    },
    "outcome": {
        "recorded": ("đã ghi nhận", "recorded"),
        "refused": ("bị từ chối", "refused"),
        "not_allowed": ("không có bước này", "not allowed"),
        "conflict": ("xung đột", "conflict"),
        "invalid": ("không hợp lệ", "invalid"),
    },
    "caution": {
        "unit_not_told": (
            "đơn vị của người bị phản ánh chưa được thông báo",
            "the accused's unit was not told",
        ),
        "appointment_missed": ("đã quá giờ hẹn trả lời", "the appointment has passed"),
        "silent": ("chờ lâu, không có thời hạn", "a long wait without a limit"),
        "rules_ended": (
            "tiếp nhận sau ngày sáp nhập tỉnh 01/7/2025: kiểm tra quy định hiện hành",
            "received after the province was merged on 2025-07-01: check which rules hold",
        ),
        "incomplete": ("thông tin cần bổ sung", "something is to be completed"),
        "complaint": (
            "khiếu nại, tố cáo: Tổng đài không tiếp nhận, phải từ chối và hướng dẫn nơi gửi",
            "a complaint or denunciation: to be rejected, with guidance where to turn",
        ),
        "appointment_off_hours": (
            "giờ hẹn trả lời nằm ngoài giờ làm việc",
            "the appointment lies outside working time",
        ),
        "appointment_before_limit": (
            "giờ hẹn trả lời sớm hơn hạn của cơ quan xác minh",
            "the appointment is earlier than the agency's own limit",
        ),
    },
}


def word(group: str, slug: str, lang: str = "vi") -> str:
    """Return the words for a slug of a group, in `vi` or `en`."""
    return WORDS[group][slug][0 if lang == "vi" else 1]


# name of a fact: group of its slugs
GROUP_OF_FACT = {
    "role": "role",
    "holder": "role",
    "needed": "role",
    "state": "state",
    "reason": "reason",
    "field": "field",
}
