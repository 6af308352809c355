"""Vietnamese and English words for what the code names by slugs (Art. 2-9)."""

from collections.abc import Mapping

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
        "lapse": ("hết hạn", "lapse"),
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
    },
    "outcome": {
        "recorded": ("đã ghi", "recorded"),
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
    },
}

# Why an act is not done; {facts} are put in.
REFUSALS: dict[str, tuple[str, str]] = {
    "no_such_step": (
        "không có bước này khi hồ sơ ở trạng thái {state}",
        "there is no such step while the case is {state}",
    ),
    "wrong_holder": (
        "hồ sơ đang ở {holder}, bước này thuộc về {needed}",
        "the case lies with {holder}; this step belongs to {needed}",
    ),
    "wrong_role": ("{role} không được làm bước này", "the role {role} may not do this"),
    "not_the_holder": (
        "hồ sơ không ở người hoặc đơn vị này",
        "the case does not lie with this person or unit",
    ),
    "accused": (
        "người bị phản ánh không được xử lý việc của chính mình",
        "the accused may not handle their own case",
    ),
    "accused_named": (
        "không được giao cho người bị phản ánh",
        "the case may not be given to the accused",
    ),
    "accused_unit": (
        "đơn vị của người bị phản ánh không được quyết định việc công khai",
        "nobody of the accused's unit decides about publishing",
    ),
    "complaint": (
        "khiếu nại, tố cáo không thuộc phạm vi Tổng đài: chỉ được bổ sung hoặc không tiếp nhận",
        "a complaint or denunciation is outside the hotline: it can only be completed or rejected",
    ),
    "unfit_target": (
        "không chuyển nội dung loại này cho {role}",
        "this kind does not go to the {role}",
    ),
    "blank": ("{field}: chưa có nội dung", "{field} is blank"),
    "no_reasons": ("chưa nêu lý do không tiếp nhận", "no reason for refusing is given"),
    "no_ground": (
        "lý do nêu ra không đúng với hồ sơ này: {reason}",
        "the reason given does not hold for this case: {reason}",
    ),
    "not_advised": (
        "lý do ngoài thẩm quyền cần ý kiến của lãnh đạo Trung tâm trước",
        "out of competence needs the leadership's opinion first",
    ),
    "past_appointment": (
        "giờ hẹn phải sau thời điểm hiện tại",
        "the appointment must lie in the future",
    ),
    "rescheduled_before": (
        "đã hẹn lại {times} lần, tối đa {most} lần",
        "rescheduled {times} time(s) already, at most {most}",
    ),
    "already_late": (
        "đã quá hạn {due}, không hẹn lại được nữa",
        "the due time {due} has passed, so it can no longer be moved",
    ),
    "not_later": (
        "giờ hẹn mới phải sau {due}",
        "the new time must be later than {due}",
    ),
    "nothing_to_move": ("không có hạn nào phải tính lại", "there is no limit to move"),
    "promised_time": (
        "giờ {due} đã hẹn với người dân, không tính lại",
        "{due} was named to the citizen, and stays",
    ),
    "earlier_kept": (
        "lịch mới cho hạn sớm hơn, {due}: chỉ đổi khi được yêu cầu",
        "the new calendar says earlier, {due}: applied only when asked",
    ),
    "day_off_earlier": (
        "thêm ngày nghỉ thì hạn không thể sớm hơn",
        "a day off makes nothing due earlier",
    ),
    "moved_into_past": ("hạn mới {due} đã qua", "the new time {due} has passed"),
    "ran_out_before": (
        "hạn {due} đã hết trước ngày ban hành thông báo",
        "the limit ran out, {due}, before the notice was issued",
    ),
    "not_due": ("chưa hết hạn", "no limit has run out"),
    "not_head": (
        "chỉ thủ trưởng của đơn vị đang giữ hồ sơ được cử người khác",
        "only the head of the unit that holds the case may name another person",
    ),
    "head_not_accused": (
        "lãnh đạo Trung tâm chỉ cử người khi thủ trưởng đơn vị có thể là người bị phản ánh",
        "the leadership steps in only where the head of the unit may be the accused",
    ),
    "other_unit": (
        "người được cử phải cùng đơn vị đang giữ hồ sơ",
        "the person must be of the unit that holds the case",
    ),
    "same_person": ("phải cử người khác", "another person must be named"),
    "not_conduct": (
        "chỉ thông báo đơn vị khi phản ánh về hành vi",
        "a unit is told only of a report on conduct",
    ),
    "not_their_unit": (
        "không có người bị phản ánh thuộc đơn vị này",
        "no accused of this case belongs to that unit",
    ),
    "names_sender": (
        "văn bản công khai còn nêu {field} của người gửi",
        "the text to publish still gives the sender's {field}",
    ),
    "not_handling_unit": (
        "chỉ thủ trưởng đơn vị đã xử lý được đề xuất",
        "only the head of a unit that handled the case may propose it",
    ),
    "not_the_sender": (
        "chỉ người gửi được làm bước này",
        "only the sender may do this",
    ),
    "rated_before": ("đã đánh giá rồi", "it was rated before"),
    "operator_only": (
        "chỉ điện thoại viên được sửa {field}",
        "only the operator may change {field}",
    ),
    "phone_by_operator": (
        "cuộc gọi do điện thoại viên ghi nhận",
        "a phone call is recorded by the operator",
    ),
    "conflict": (
        "người khác đã ghi trước: xem lại hồ sơ rồi quyết định lại",
        "somebody else recorded first: look again, then decide again",
    ),
    "invalid": ("không hợp lệ: {problem_vi}", "{problem}"),
}


def word(group: str, slug: str, lang: str = "vi") -> str:
    """Return the words for a slug of a group, in `vi` or `en`."""
    return WORDS[group][slug][0 if lang == "vi" else 1]


def refusal_text(code: str, facts: Mapping[str, str], lang: str) -> str:
    """Return the words for a refusal code, with its facts put in, in `vi` or `en`."""
    spoken = {name: _spoken(name, value, lang) for name, value in facts.items()}
    return REFUSALS[code][0 if lang == "vi" else 1].format_map(spoken)


_GROUP_OF_FACT = {
    "role": "role",
    "holder": "role",
    "needed": "role",
    "state": "state",
    "reason": "reason",
    "field": "field",
}


def _spoken(name: str, value: str, lang: str) -> str:
    if name == "due" and lang == "vi" and value[4:5] == "-":  # an instant as `stamp` writes it
        day, _, clock = value.partition(" ")
        return " ".join((clock, "/".join(reversed(day.split("-")))))
    words = WORDS.get(_GROUP_OF_FACT.get(name, ""), {})
    parts = [words[part][0 if lang == "vi" else 1] if part in words else part
             for part in value.split("|")]  # fmt: skip
    return (" hoặc " if lang == "vi" else " or ").join(parts)
