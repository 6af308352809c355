"""What is wrong with the address of a store, or is found when a whole store is looked after."""

from phananh.messages.message import Message

DATABASES: dict[str, Message] = {
    "store_not_loaded": Message(
        "không nạp được kho dữ liệu {scheme} ở {value} ({cause})",
        "the store for {scheme} at {value} cannot be loaded ({cause})",
        "cài lại gói có kho dữ liệu này", "install the package that brought it again",
    ),
    "unknown_store": Message(
        "không có {value}", "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường",
        "use one of {known}, or a plain path",
    ),
}  # fmt: skip
