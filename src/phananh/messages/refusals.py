"""Why an act is not done, in Vietnamese and English, by the code of the refusal (Art. 2-9)."""

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
        "hồ sơ không do người hoặc đơn vị này thụ lý",
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
        "đã quá hạn {due}, không hẹn lại được nữa (cách hiểu R4)",
        "the due time {due} has passed, so it can no longer be moved (reading R4)",
    ),
    "not_later": (
        "giờ hẹn mới phải sau {due} (cách hiểu R24)",
        "the new time must be later than {due} (reading R24)",
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
    "unexplained": (
        "lịch hôm nay không nêu lý do cho ngày {days}; hạn tính theo lịch {calendar} {version}: "
        "có thể thiếu thông báo",
        "today's calendar gives no reason for {days}; it was set on {calendar} {version}: a "
        "notice is missing, most likely",
    ),
    "not_yet_known": (
        "thông báo đến {day} mới có, sau thời điểm tính lại",
        "the notice became known only on {day}, after the moment of the recalculation",
    ),
    "moved_into_past": ("hạn mới {due} đã qua", "the new time {due} has passed"),
    "ran_out_before": (
        "hạn {due} đã hết, và không có gì cho thấy thay đổi đã được ban hành đến lúc đó",
        "the limit ran out, {due}, and nothing shows that the change had been issued by then",
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
        "văn bản còn nêu {field} của người gửi",
        "the text still gives the sender's {field}",
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
