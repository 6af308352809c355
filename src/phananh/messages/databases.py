"""What is wrong with the address of a store, or is found by the upkeep of a whole store."""

from phananh.messages.message import Message

_REPAIR = ("sửa bằng `phananh db verify --repair`", "rewrite it with `phananh db verify --repair`")

DATABASES: dict[str, Message] = {
    "command_stray": Message(
        "lệnh {value} dẫn đến một phiên bản không có",
        "the command {value} led to a version that does not exist",
    ),
    "copy_differs": Message(
        "bản sao khác bản gốc ở bảng {table}: gốc có {source}, bản sao có {target}",
        "the copy differs in {table}: the source has {source}, the target {target}",
        "không ai được ghi vào bản gốc trong khi sao chép, hãy kết thúc các giao dịch đang mở rồi "
        "chạy lại",
        "stop all writers of the source, end open transactions, and run it again",
    ),
    "copy_raced": Message(
        "có người khác đang ghi vào bản sao", "somebody else is writing to the target",
        "không được dùng bản sao trước khi xong", "use the target only once the copy is complete",
    ),
    "driver_missing": Message(
        "cần gói {package} ({cause})", "the package {package} is needed ({cause})",
        'cài bằng `pip install "{package}"`', 'install it with `pip install "{package}"`',
    ),
    "erasure_stray": Message(
        "việc xóa dữ liệu cá nhân được ghi cho một phiên bản không có",
        "an erasure is recorded of a version that does not exist",
    ),
    "extra_missing": Message(
        'cần phần bổ sung "{extra}" ({cause})', 'the extra "{extra}" is needed ({cause})',
        'trong bản sao mã nguồn: `pip install ".[{extra}]"`',
        'in a clone: `pip install ".[{extra}]"`',
    ),
    "feed_differs": Message(
        "dãy các bước có {feed} bước mà các bảng có {events}, hoặc có bước hai lần",
        "the feed has {feed} events and the tables have {events}, or the feed has some twice",
    ),
    "history_not_folded": Message(
        "các bước không nối tiếp nhau ({cause})", "its events do not follow each other ({cause})",
    ),
    "not_an_address": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} is not an address of a store",
        "nêu đường dẫn hoặc URL", "give a path or a URL",
    ),
    "personal_stray": Message(
        "còn phần dữ liệu cá nhân không thuộc bước nào",
        "some personal data belongs to no event",
    ),
    "personal_unerased": Message(
        "đã xóa dữ liệu cá nhân mà phần này vẫn còn",
        "this was erased, and some personal data is left",
        "hãy xóa lần nữa", "erase the case again",
    ),
    "row_checksum_differs": Message(
        "dòng trong danh sách không còn như lúc ghi",
        "its row in lists differs from what was written",
        *_REPAIR,
    ),
    "row_not_of_history": Message(
        "dòng trong danh sách không khớp với các bước đã ghi ở các cột {columns}",
        "its row in lists does not match its events, in {columns}",
        *_REPAIR,
    ),
    "sqlalchemy_url": Message(
        "phần sau sqlalchemy+ không phải URL của SQLAlchemy",
        "what follows sqlalchemy+ is not a URL of SQLAlchemy",
        "viết sqlalchemy+mariadb+pymysql://user:password@host/database",
        "write sqlalchemy+mariadb+pymysql://user:password@host/database",
    ),
    "store_meant": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} is not an address of a store",
        "viết {meant}", "write {meant}",
    ),
    "store_of_extra": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} is not an address of a store",
        'viết {meant}, và cài bằng `pip install ".[{extra}]"` trong bản sao mã nguồn',
        'write {meant}, and install it with `pip install ".[{extra}]"` in a clone',
    ),
    "store_not_loaded": Message(
        "không nạp được kho dữ liệu {scheme} ở {value} ({cause})",
        "the store for {scheme} at {value} cannot be loaded ({cause})",
        "cài lại gói có kho dữ liệu này", "reinstall the package that provides it",
    ),
    "url_option": Message(
        "không hiểu {value}", "{value} is not understood",
        "viết phananh_timeout=5 hoặc phananh_prepare=off",
        "write phananh_timeout=5 or phananh_prepare=off",
    ),
    "target_not_empty": Message(
        "đã có dữ liệu", "is not empty", "nêu cơ sở dữ liệu trống", "name an empty database",
    ),
    "target_of_another": Message(
        "đã có PAKN mà bản gốc không có", "already has cases that the source does not have",
        "nêu cơ sở dữ liệu trống, hoặc bản sao dở dang của chính bản gốc này",
        "name an empty database, or a copy of this source that was interrupted",
    ),
    "unknown_store": Message(
        "không có {value}", "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường; nếu kho dữ liệu là của gói khác thì cài "
        "gói khai báo kho đó trong nhóm phananh.stores",
        "use one of {known}, or a plain path. If the store is of another package, install the "
        "package, which brings its scheme as an entry point in the group phananh.stores",
    ),
}  # fmt: skip
