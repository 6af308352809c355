"""What is wrong with the address of a store, or is found when a whole store is looked after."""

from phananh.messages.message import Message

DATABASES: dict[str, Message] = {
    "driver_missing": Message(
        "cần gói {package} ({cause})", "the package {package} is needed ({cause})",
        'cài bằng `pip install "{package}"`', 'install it with `pip install "{package}"`',
    ),
    "extra_missing": Message(
        'cần phần bổ sung "{extra}" ({cause})', 'the extra "{extra}" is needed ({cause})',
        'cài bằng `pip install "phananh[{extra}]"`',
        'install it with `pip install "phananh[{extra}]"`',
    ),
    "sqlalchemy_url": Message(
        "phần sau sqlalchemy+ không phải URL của SQLAlchemy",
        "what follows sqlalchemy+ is not a URL of SQLAlchemy",
        "viết sqlalchemy+mariadb+pymysql://user:password@host/database",
        "write sqlalchemy+mariadb+pymysql://user:password@host/database",
    ),
    "store_not_loaded": Message(
        "không nạp được kho dữ liệu {scheme} ở {value} ({cause})",
        "the store for {scheme} at {value} cannot be loaded ({cause})",
        "cài lại gói có kho dữ liệu này", "install the package that brought it again",
    ),
    "url_option": Message(
        "không hiểu {value}", "{value} is not understood",
        "viết phananh_timeout=5 hoặc phananh_prepare=off",
        "write phananh_timeout=5 or phananh_prepare=off",
    ),
    "unknown_store": Message(
        "không có {value}", "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường",
        "use one of {known}, or a plain path",
    ),
}  # fmt: skip
