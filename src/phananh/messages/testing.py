"""What is wrong with what is given to a clock or a strategy of tests, or to samples, by code."""

from phananh.messages.message import Message

TESTING: dict[str, Message] = {
    "below_least": Message(
        "{value} nhỏ hơn {least}, mức ít nhất", "{value} is below {least}, the least",
        "nêu lớn hơn", "give a larger one",
    ),
    "case_unreachable": Message(
        "theo quy định {rules}, PAKN loại {kind} không đến được {asked}",
        "under the rules {rules} no case of kind {kind} is {asked}",
        "chọn một trong: {known}", "ask for one of {known}",
    ),
    "clock_moves_itself": Message(
        "PAKN cần giờ hiện tại là {at}, mà `clock` này không chỉnh được",
        "the case needs the clock to show {at}, and this clock cannot be set",
        "dùng ManualClock, hoặc nêu `received_at` sớm hơn",
        "give the desk a ManualClock, or an earlier `received_at`",
    ),
    "due_sooner": Message(
        "{value} dài hơn toàn bộ thời gian đến hạn, là {most}",
        "{value} is longer than all the time until it is due, which is {most}",
        "nêu ngắn hơn", "give a shorter one",
    ),
    "fault_after": Message(
        "phép thử làm mất trả lời của thao tác đã thực hiện xong",
        "the test lost the reply of a call that was done",
    ),
    "fault_before": Message(
        "phép thử làm hỏng thao tác trước khi thực hiện",
        "the test made the call fail before it was done",
    ),
    "last_before_first": Message(
        "{last} trước `first`, là {first}", "{last} is before `first`, which is {first}",
        "nêu ngày muộn hơn", "give a later date",
    ),
    "late_and_due": Message(
        "đã nêu `late_by`", "`late_by` is given",
        "nêu một trong hai, rồi chỉnh `clock`", "give one of them, then move the clock",
    ),
    "line_not_recorded": Message(
        "dòng {number} không được ghi nhận ({detail})", "line {number} is not recorded ({detail})",
        "chỉ đưa các dòng được ghi nhận", "give only lines that are recorded",
    ),
    "lines_of_one_case": Message(
        "các dòng có {count} phản ánh, kiến nghị", "the lines have {count} cases",
        "đưa các dòng của một phản ánh, kiến nghị", "give the lines of one case",
    ),
    "moves_back": Message("{value} là lùi lại", "{value} goes back", "dùng set()", "use set()"),
    "no_calls": Message(
        "không gọi kho dữ liệu lần nào, nên chưa thử được gì",
        "it did not call the store, so nothing was tried",
        "thực hiện trên store được đưa vào", "act on the store that it is given",
    ),
    "no_limit_runs": Message(
        "PAKN {case} ({state}) không có thời hạn nào đang tính",
        "no limit of case {case} is running: it is {state}",
        "dùng set() hoặc advance()", "use set() or advance()",
    ),
    "no_invariant_left": Message(
        "không còn bất biến nào để xét", "no invariant is left to ask",
        "nêu ít hơn trong `skip`, hoặc nêu `outcomes` trong `expected` nếu chỉ xét V34",
        "skip fewer, or if you ask only V34, give `expected` its `outcomes`",
    ),
    "not_an_invariant": Message(
        "không có bất biến {value}", "{value} is not an invariant",
        "dùng tên hoặc số trong INVARIANTS, ví dụ V21",
        "use a name or number of INVARIANTS, such as V21",
    ),
    "before_position": Message(
        "dòng {line} đứng trước vị trí đầu tiên: {value}",
        "line {line} comes before the first position: {value}",
        "bắt đầu bằng vị trí, ví dụ {form}", "begin with a position, such as {form}",
    ),
    "leads_nowhere": Message(
        "dòng {line} không có trạng thái sau đó: {value}",
        "line {line} has no state that follows: {value}",
        "ghi trạng thái, hoặc = nếu giữ nguyên", "write the state, or = if it stays",
    ),
    "no_step_for_some": Message(
        "dòng {line} chỉ có N ở một số vai trò: {value}",
        "line {line} has N for some roles only: {value}",
        "ghi cả chín chữ N nếu không có bước này, nếu có thì R hoặc F",
        "write nine letters N if there is no such step there, else R or F",
    ),
    "not_a_position": Message(
        "dòng {line} không phải một vị trí: {value}", "line {line} is not a position: {value}",
        "nếu phản ánh, kiến nghị có người giữ thì ghi như {form}, nếu không thì ghi như {other}",
        "if the case has a holder there, write it like {form}, else like {other}",
    ),
    "not_an_outcome": Message(
        "dòng {line} không phải một kết quả: {value}", "line {line} is not an outcome: {value}",
        "ghi bước, chín chữ R, F hoặc N, rồi trạng thái sau đó",
        "write the act, nine letters R, F or N, and the state that follows",
    ),
    "outcome_twice": Message(
        "dòng {line} ghi {value} lần thứ hai", "line {line} has {value} a second time",
        "chỉ giữ một", "keep one of the two",
    ),
    "unknown_in_outcome": Message(
        "dòng {line}: không có {value}", "line {line}: {value} is unknown",
        "dùng một trong: {known}", "use one of {known}",
    ),
    "not_outcomes": Message(
        "{value} không phải bảng kết quả", "{value} is not a table of outcomes",
        "đọc bằng read_outcomes(...), hoặc dùng None để không xét V34",
        "read it with read_outcomes(...), or give None to leave V34 out",
    ),
    "not_reasons": Message(
        "{value} không phải dict nêu lý do", "{value} is not a dict of reasons",
        'viết skip={{"V34": "lý do không xét"}}',
        'write skip={{"V34": "why these rules are not asked"}}',
    ),
    "not_rules": Message(
        "{value} không phải Rules", "{value} is not a Rules",
        "đưa Rules, ví dụ HOA_BINH_2019", "give Rules, such as HOA_BINH_2019",
    ),
    "not_a_call": Message(
        "{value} không phải số thứ tự của lần gọi", "{value} is not the number of a call",
        "nêu số nguyên, từ 1 trở lên", "give a whole number, 1 or more",
    ),
    "no_kinds": Message(
        "không có loại nào", "there is no kind",
        "nêu ít nhất một trong: {known}", "give at least one of {known}",
    ),
    "not_a_class_of_events": Message(
        "{value} không phải lớp sự kiện", "{value} is not a class of events",
        "đưa lớp trong phananh.regulation.events, ví dụ Answered",
        "give one of phananh.regulation.events, such as Answered",
    ),
    "not_a_count": Message(
        "{value} không phải số lượng từ 1 trở lên", "{value} is not a number from 1 up",
        "nêu số nguyên, từ 1 trở lên", "give a whole number, 1 or more",
    ),
    "not_a_duration": Message(
        "{value} không phải khoảng thời gian", "{value} is not an amount of time",
        'viết như "1h30m", "2d", "90s" hoặc "1us"', 'write it like "1h30m", "2d", "90s" or "1us"',
    ),
    "not_a_factory": Message(
        "không gọi được", "it cannot be called",
        "nêu lớp hoặc hàm tạo kho dữ liệu, như MemoryStore",
        "give a class or a function that makes a store, such as MemoryStore",
    ),
    "not_a_number_of_samples": Message(
        "{value} không phải số phản ánh, kiến nghị mẫu", "{value} is not a number of sample cases",
        "nêu số nguyên, từ 1 trở lên", "give a whole number, 1 or more",
    ),
    "not_a_step": Message(
        "{value} không thành bước", "{value} is not a step",
        "nêu thời gian làm việc lớn hơn 0", "give working time above zero",
    ),
    "not_iso_text": Message(
        "{value} không phải thời điểm theo ISO 8601", "{value} is not an instant in ISO 8601",
        'viết như "2025-04-21 09:00"', 'write it like "2025-04-21 09:00"',
    ),
    "of_another_desk": Message(
        "đã nêu `desk`", "`desk` is given, which has its own",
        "chỉ nêu khi không nêu `desk`", "leave one of the two out",
    ),
    "only_and_skipped": Message(
        "{value} cũng nằm trong `skip`", "{value} is in `skip` too",
        "chỉ nêu ở một trong hai", "name it in one of the two",
    ),
    "samples_end_early": Message(
        "phải sau `since`, là {since}", "it must be after `since`, which is {since}",
        "đưa thời điểm muộn hơn", "give a later moment",
    ),
    "skipped_without_reason": Message(
        "{value} không có lý do", "{value} has no reason",
        "ghi lý do không xét", "say why it is not asked",
    ),
    "too_many_states": Message(
        "có hơn {most} trạng thái, chưa xét hết", "there are more than {most} states",
        "nêu ít loại hơn trong `kinds`, hoặc những gì điều kiện riêng đọc trong `guards_read`",
        "name fewer `kinds`, or in `guards_read` what your own guards read",
    ),
    "too_many_calls": Message(
        "gọi kho dữ liệu hơn {most} lần", "it calls the store more than {most} times",
        "chia nhỏ ra, hoặc nêu `most` lớn hơn", "split it, or give a larger `most`",
    ),
}  # fmt: skip
