"""Errors in the words of a command, and in the program itself."""

USAGE: dict[str, tuple[str, str]] = {
    "see_help": ("{problem} Xem: {path} --help", "{problem} See: {path} --help"),
    "no_such_command": (
        "không có lệnh {name}; gần giống: {close}.", "no command {name}; the nearest: {close}.",
    ),
    "no_command_near": ("không có lệnh {name}.", "no command {name}."),
    "no_such_option": ("không có tùy chọn {name}.", "no such option {name}."),
    "missing_argument": ("thiếu {name}.", "{name} is missing."),
    "not_a_choice": (
        "{name}: không có giá trị này; dùng {known}.",
        "{name}: there is no such value. Use {known}.",
    ),
    "or": ("{some} hoặc {last}", "{some} or {last}"),
    "option_without_effect": (
        "{name} không có tác dụng ở đây; hãy bỏ đi.", "{name} has no effect here. Leave it out.",
    ),
    "not_in_range": (
        "{name}: giá trị không hợp lệ; viết số nguyên từ {first} đến {last}.",
        "{name}: not a possible value. Write a whole number, {first} to {last}.",
    ),
    "impossible_value": (
        "{name}: giá trị không hợp lệ. {problem}", "{name}: not a possible value. {problem}",
    ),
    "option_needs_value": ("{name} cần một giá trị.", "{name} needs a value."),
    "option_takes_no_value": ("{name} không nhận giá trị.", "{name} takes no value."),
    "too_much_given": ("thừa: {words}.", "too much was given: {words}."),
    # The words in capitals of a line of usage, each by itself.
    "metavar.A": ("LÚC-ĐẦU", "A"),
    "metavar.ARGS": ("THAM-SỐ", "ARGS"),
    "metavar.B": ("LÚC-CUỐI", "B"),
    "metavar.BUDGET": ("THỜI-HẠN", "BUDGET"),
    "metavar.COMMAND": ("LỆNH", "COMMAND"),
    "metavar.CURSOR": ("VỊ-TRÍ", "CURSOR"),
    "metavar.DATE": ("NGÀY", "DATE"),
    "metavar.FILE": ("TỆP", "FILE"),
    "metavar.FROM": ("TỪ", "FROM"),
    "metavar.ID": ("MÃ", "ID"),
    "metavar.ID-or-code": ("MÃ", "ID-or-code"),
    "metavar.LOG": ("NHẬT-KÝ", "LOG"),
    "metavar.MONTH": ("THÁNG", "MONTH"),
    "metavar.N": ("SỐ", "N"),
    "metavar.NAME": ("TÊN", "NAME"),
    "metavar.OPTIONS": ("TÙY-CHỌN", "OPTIONS"),
    "metavar.PATH-or-URL": ("ĐƯỜNG-DẪN hoặc URL", "PATH-or-URL"),
    "metavar.ROLE": ("VAI-TRÒ", "ROLE"),
    "metavar.START": ("TỪ-LÚC", "START"),
    "metavar.TIME": ("THỜI-ĐIỂM", "TIME"),
    "metavar.TO": ("ĐẾN", "TO"),
    "metavar.UNIT": ("ĐƠN-VỊ", "UNIT"),
    "metavar.YEAR": ("NĂM", "YEAR"),
    "program_fault": ("lỗi của chương trình: {problem}", "a fault of the program: {problem}"),
}  # fmt: skip
