"""What is wrong with the words of a command, and with the program itself."""

USAGE: dict[str, tuple[str, str]] = {
    "see_help": ("{problem} Xem: {path} --help", "{problem} See: {path} --help"),
    "no_such_command": (
        "không có lệnh {name}; gần giống: {close}", "no command {name}; close: {close}",
    ),
    "no_such_option": ("không có tùy chọn {name}.", "no such option {name}."),
    "missing_argument": ("thiếu {name}.", "{name} is missing."),
    "not_a_choice": (
        "{name}: giá trị không hợp lệ; chọn một trong: {known}.",
        "{name}: not a possible value; one of {known}.",
    ),
    "impossible_value": (
        "{name}: giá trị không hợp lệ. {problem}", "{name}: not a possible value. {problem}",
    ),
    "option_needs_value": ("{name} cần một giá trị.", "{name} needs a value."),
    "option_takes_no_value": ("{name} không nhận giá trị.", "{name} takes no value."),
    "too_much_given": ("thừa: {words}.", "too much was given: {words}."),
    "program_fault": ("lỗi của chương trình: {problem}", "a fault of the program: {problem}"),
}  # fmt: skip
