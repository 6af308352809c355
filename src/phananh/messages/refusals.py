"""Why an act is refused, in Vietnamese and English, by the code of the refusal (Art. 2-9)."""

from collections.abc import Mapping

# What a refusal with a certain fact says instead, by its code, the name of the fact, and the value
# of the fact or "" for any.
BY_FACT: dict[tuple[str, str, str], tuple[str, str]] = {
    ("rescheduled_before", "first", ""): (
        "đã hẹn lại đủ số lần được phép, vì lần hẹn đầu tính là một lần hẹn lại (cách hiểu R5)",
        "no reschedule is left, as the first appointment counts as one (reading R5)",
    ),
    ("rescheduled_before", "most", "0"): (
        "quy định này không cho hẹn lại",
        "these rules allow no reschedule",
    ),
    ("not_the_holder", "named", ""): (
        "phản ánh, kiến nghị đang do {holder} {named} xử lý, không phải người hoặc đơn vị này",
        "the case lies with the {holder} {named}, not with this person or unit",
    ),
    ("rescheduled_before", "most", "1"): (
        "đã hẹn lại, mà chỉ được hẹn lại một lần",
        "already rescheduled, which is allowed only once",
    ),
    ("not_the_holder", "holder", ""): (
        "phản ánh, kiến nghị đang do {holder} xử lý, không phải người hoặc đơn vị này",
        "the case lies with the {holder}, not with this person or unit",
    ),
    ("no_contact", "field", ""): (
        "{field} đã cho không dùng được để trả lời: sửa hoặc bổ sung thông tin liên hệ, ví dụ số "
        "điện thoại 0912 345 678, trước khi chuyển",
        "the {field} given cannot be used to reply: correct it, or complete the contact details, "
        "such as the phone number 0912 345 678, before passing the case on",
    ),
    ("no_contact", "lacks", ""): (
        "thiếu {lacks} dùng được: bổ sung trước khi chuyển",
        "a usable {lacks} is missing: complete it before passing the case on",
    ),
    ("no_ground", "reason", "no_name"): (
        "đã có họ tên hoặc tên tổ chức gửi, không nêu được lý do này",
        "the sender's name is given, so that it cannot be the reason",
    ),
    ("no_ground", "reason", "no_contact"): (
        "đã có thông tin liên hệ dùng được, không nêu được lý do này",
        "there is a usable way to reply, so that it cannot be the reason",
    ),
    ("no_ground", "reason", "complaint_or_denunciation"): (
        "loại nội dung đã ghi không phải khiếu nại, tố cáo, không nêu được lý do này; nếu đúng là "
        "khiếu nại, tố cáo thì sửa loại nội dung trước",
        "the kind is neither complaint nor denunciation, so it cannot be the reason: if it "
        "is one, correct the kind first",
    ),
}
# Why an act is refused, with {facts} to put in.
REFUSALS: dict[str, tuple[str, str]] = {
    "no_such_step": (
        "không có bước này khi phản ánh, kiến nghị ở trạng thái {state}",
        "there is no such step while the case is {state}",
    ),
    "wrong_holder": (
        "đang do {holder} xử lý, bước này thuộc thẩm quyền của {needed}",
        "the case is with {holder}, and this step belongs to {needed}",
    ),
    "not_signed": (
        "kết quả xác minh chưa kèm văn bản được ký số hợp lệ",
        "the findings come without a document that is validly signed",
    ),
    "history_full": (
        "đã ghi nhận {count} lần, mức nhiều nhất của một phản ánh, kiến nghị, không ghi thêm được",
        "{count} were recorded, the most of a case, and no more of this kind is taken",
    ),
    "still_open": (
        "phản ánh, kiến nghị đang được xử lý, nên còn phải trả lời tổ chức, cá nhân: chỉ xóa sau "
        "khi đã trả lời, không tiếp nhận hoặc tổ chức, cá nhân đã rút",
        "the case is open, and its sender has to be answered: erase it once it is answered, "
        "rejected or withdrawn",
    ),
    "wrong_role": (
        "{role} không có thẩm quyền thực hiện bước này",
        "the role {role} may not do this",
    ),
    "not_the_holder": (
        "phản ánh, kiến nghị không do người hoặc đơn vị này xử lý",
        "the case is not with this person or unit",
    ),
    "accused": (
        "người bị phản ánh không được xử lý phản ánh, kiến nghị về chính mình",
        "the accused may not handle their own case",
    ),
    "accused_named": (
        "không được giao phản ánh, kiến nghị cho người bị phản ánh",
        "the case may not be given to the accused",
    ),
    "accused_unit": (
        "cơ quan, đơn vị của người bị phản ánh không được quyết định việc này",
        "the accused's unit may not decide about this",
    ),
    "complaint": (
        "khiếu nại, tố cáo không thuộc phạm vi Quy chế: không tiếp nhận và hướng dẫn, hoặc nếu đã "
        "chuyển thì trả lời hướng dẫn",
        "a complaint or denunciation is outside the Regulation: reject it with guidance, or answer "
        "so once it was handed on",
    ),
    "unfit_target": (
        "không chuyển loại nội dung này đến {role}",
        "this kind does not go to the {role}",
    ),
    "blank": ("{field} còn để trống", "{field} is blank"),
    "handed_on": (
        "{field} chỉ được thay đổi trước khi chuyển, thông tin mới thì ghi chú",
        "{field} can be changed only before the case is handed on: add a note instead",
    ),
    "no_name": (
        "thiếu họ tên hoặc tên tổ chức gửi: bổ sung trước khi chuyển",
        "the sender's name is missing: complete it before passing the case on",
    ),
    "no_contact": (
        "thiếu thông tin liên hệ dùng được để trả lời: bổ sung, ví dụ số điện thoại 0912 345 678, "
        "trước khi chuyển",
        "there is no usable way to reply: complete it, such as the phone number 0912 345 678, "
        "before passing the case on",
    ),
    "no_content": (
        "nội dung còn để trống: bổ sung trước khi chuyển",
        "the content is blank: complete it before passing the case on",
    ),
    "not_vietnamese": (
        "nội dung không phải tiếng Việt: bổ sung trước khi chuyển",
        "the content is not in Vietnamese: complete it before passing the case on",
    ),
    "after_answer": (
        "đã trả lời hoặc kết thúc, không thay đổi được {field}: chỉ bổ sung được người bị phản "
        "ánh và cơ quan, đơn vị liên quan",
        "the case was answered or closed, so {field} cannot change: you can only add accused and "
        "the unit that it is about",
    ),
    "withdrawn": (
        "tổ chức, cá nhân đã rút phản ánh, kiến nghị",
        "the sender has withdrawn the case",
    ),
    "not_answered": (
        "phản ánh, kiến nghị không có nội dung trả lời",
        "the case has no answer",
    ),
    "not_rejected": (
        "chỉ mở lại phản ánh, kiến nghị đã không được tiếp nhận",
        "only a case that was refused can be reopened",
    ),
    "no_lapse": (
        "không có lần trễ hạn nào để bỏ",
        "there is no lapse to lift",
    ),
    "backdated": (
        "quy định này không cho nhập bước đã làm trước đó: thực hiện ngay khi làm",
        "these rules take no step that happened before it is entered",
    ),
    "no_reasons": ("chưa nêu lý do không tiếp nhận", "no reason for refusing is given"),
    "no_ground": (
        "lý do nêu ra không đúng với phản ánh, kiến nghị này: {reason}",
        "the reason given does not apply to this case: {reason}",
    ),
    "not_advised": (
        "chỉ nêu lý do không thuộc thẩm quyền khi ý kiến gần nhất của lãnh đạo Trung tâm Phục vụ "
        "hành chính công xác định như vậy",
        "out of competence needs the leadership's last opinion to say so",
    ),
    "past_appointment": (
        "thời gian hẹn phải sau thời điểm hiện tại",
        "the appointment must be in the future",
    ),
    "rescheduled_before": (
        "đã hẹn lại {times} lần, mà chỉ được hẹn lại {most} lần",
        "already rescheduled {times} times, and at most {most} are allowed",
    ),
    "already_late": (
        "đã hết thời hạn {due}, không được hẹn lại nữa",
        "the due time {due} has passed, so it can no longer be moved",
    ),
    "nothing_left": (
        "thời hạn của cơ quan, đơn vị không còn thời gian khi chuyển xác minh lần nữa, "
        "không được hẹn lại",
        "the agency had no time left when it was asked again, so its limit cannot be moved",
    ),
    "not_later": (
        "thời gian hẹn lại phải sau {due}",
        "the new time must be later than {due}",
    ),
    "nothing_to_move": ("không có thời hạn nào phải tính lại", "there is no limit to move"),
    "promised_time": (
        "thời gian {due} đã hẹn với tổ chức, cá nhân, không tính lại",
        "{due} was promised to the citizen, so it stays",
    ),
    "earlier_kept": (
        "theo lịch mới thời hạn sớm hơn, {due}: chỉ thay đổi khi có yêu cầu",
        "the new calendar says earlier, {due}: applied only when asked",
    ),
    "day_off_earlier": (
        "thêm ngày nghỉ thì thời hạn không thể sớm hơn",
        "a day off cannot make a limit end earlier",
    ),
    "unexplained": (
        "lịch hiện hành không có căn cứ cho thay đổi ngày {days}, còn thời hạn đã tính theo lịch "
        "{calendar} {version}: có thể thiếu văn bản",
        "today's calendar gives no reason for {days}, and it was set on {calendar} {version}: a "
        "notice is missing, most likely",
    ),
    "not_yet_known": (
        "văn bản công bố từ ngày {day}, sau thời điểm tính lại",
        "the notice became known only on {day}, after the moment of the recalculation",
    ),
    "moved_into_past": ("thời hạn mới {due} đã qua", "the new time {due} has passed"),
    "ran_out_before": (
        "đã hết thời hạn {due}, và không có căn cứ cho thấy thay đổi đã được ban hành trước đó",
        "the limit ran out, {due}, and no notice shows that the change had been issued by then",
    ),
    "not_due": ("chưa hết thời hạn", "no limit has run out"),
    "not_head": (
        "chỉ thủ trưởng của đơn vị đang xử lý được cử người khác",
        "only the head of the unit that has the case may name another person",
    ),
    "head_not_accused": (
        "lãnh đạo Trung tâm Phục vụ hành chính công chỉ ghi lại người được cử khi thủ trưởng đơn "
        "vị có thể là người bị phản ánh, còn cử người là việc của cơ quan, đơn vị, theo yêu cầu "
        "của Trung tâm",
        "the leadership records who is sent only if the head of the unit may be the accused: "
        "otherwise the unit sends another person when the centre asks it to",
    ),
    "other_unit": (
        "người được cử phải thuộc đơn vị đang xử lý",
        "the person must be of the unit that has the case",
    ),
    "same_person": (
        "người này đang xử lý rồi: cử người khác",
        "this person has the case already: name another",
    ),
    "not_conduct": (
        "chỉ thông báo đến cơ quan, đơn vị khi phản ánh về hành vi hành chính hoặc có người bị "
        "phản ánh",
        "a unit is notified only of a report on conduct, or if somebody is accused",
    ),
    "not_their_unit": (
        "phản ánh, kiến nghị không về cơ quan, đơn vị này và không có người bị phản ánh nào thuộc "
        "cơ quan, đơn vị này",
        "the case is not about that unit, and no accused of it belongs there",
    ),
    "not_notified": (
        "cơ quan, đơn vị này không được thông báo về phản ánh, kiến nghị này",
        "this unit was not notified of the case",
    ),
    "names_sender": (
        "kiểm tra lại nội dung: có dữ liệu cá nhân, có thể nhận ra tổ chức, cá nhân phản ánh, kiến "
        "nghị",
        "check the text: it holds personal data, and seems to name the sender",
    ),
    "names_accused": (
        "kiểm tra lại nội dung: có dữ liệu cá nhân, có thể nhận ra người bị phản ánh",
        "check the text: it holds personal data, and seems to name an accused",
    ),
    "unit_proposes": (
        "đã có đơn vị xử lý: thủ trưởng đơn vị đó đề xuất khen thưởng",
        "a unit handled the case: its head proposes",
    ),
    "not_handling_unit": (
        "chỉ thủ trưởng đơn vị đã trực tiếp xử lý được đề xuất khen thưởng",
        "only the head of a unit that handled the case may propose it",
    ),
    "not_the_sender": (
        "chỉ tổ chức, cá nhân đã gửi được thực hiện bước này",
        "only the sender may do this",
    ),
    "not_a_reader": (
        "chỉ người đang xử lý, điện thoại viên, lãnh đạo Trung tâm Phục vụ hành chính công, thủ "
        "trưởng đơn vị xử lý và tổ chức, cá nhân đã gửi được xem phản ánh, kiến nghị này",
        "only those who handle this case, the operators, the leadership, the head of a unit that "
        "handled it, and the sender may read it",
    ),
    "rated_before": ("đã đánh giá mức độ hài lòng trước đó", "it was rated before"),
    "operator_only": (
        "chỉ điện thoại viên được thay đổi {field}",
        "only the operator may change {field}",
    ),
    "phone_by_operator": (
        "cuộc gọi do điện thoại viên tiếp nhận và ghi lưu",
        "a phone call is recorded by the operator",
    ),
    "conflict": (
        "người khác đã cập nhật phản ánh, kiến nghị trước, đọc lại rồi thử lại",
        "somebody else changed the case first: reload and retry",
    ),
    "invalid": ("không hợp lệ: {problem_vi}", "{problem}"),
}


def find_words(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Return the words of a refusal in Vietnamese and English.

    Raises:
        KeyError: the code has none.
    """
    for name, fact in facts.items():
        for value in (fact, "") if isinstance(fact, str) else ():
            if (code, name, value) in BY_FACT:
                return BY_FACT[code, name, value]
    return REFUSALS[code]
