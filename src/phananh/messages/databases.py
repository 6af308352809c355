"""What is wrong with the address of a store, or is found by the upkeep of a whole store."""

from phananh.messages.message import Message

DATABASES: dict[str, Message] = {
    "command_stray": Message(
        "lệnh {value} dẫn đến một phiên bản không có",
        "the command {value} led to a version that there is not",
    ),
    "copy_differs": Message(
        "bản sao khác bản gốc ở bảng {table}: gốc có {source}, bản sao có {target}; không ai được "
        "ghi vào bản gốc trong khi sao chép, hãy kết thúc các giao dịch đang mở rồi chạy lại",
        "the copy differs in {table}: the source has {source}, the target {target}; let nobody "
        "record in the source meanwhile, end open transactions, and run it again",
    ),
    "copy_raced": Message(
        "có người khác đang ghi vào bản sao; không được dùng bản sao trước khi xong",
        "somebody else writes to the target; let nobody use it before it is complete",
    ),
    "driver_missing": Message(
        "cần gói {package} ({cause})", "the package {package} is needed ({cause})",
        'cài bằng `pip install "{package}"`', 'install it with `pip install "{package}"`',
    ),
    "erasure_stray": Message(
        "việc xóa dữ liệu cá nhân được ghi cho một phiên bản không có",
        "an erasure is recorded of a version that there is not",
    ),
    "extra_missing": Message(
        'cần phần bổ sung "{extra}" ({cause})', 'the extra "{extra}" is needed ({cause})',
        'trong bản sao mã nguồn: `pip install ".[{extra}]"`',
        'in a clone: `pip install ".[{extra}]"`',
    ),
    "feed_differs": Message(
        "dãy các bước có {feed} bước mà các bảng có {events}, hoặc có bước hai lần",
        "the feed shows {feed} events, the tables hold {events}, or some are there twice",
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
        "something personal belongs to no event",
    ),
    "personal_unerased": Message(
        "đã xóa dữ liệu cá nhân mà phần này vẫn còn; hãy xóa lần nữa",
        "this was erased, and something personal is left; erase the case again",
    ),
    "row_checksum_differs": Message(
        "dòng trong danh sách không còn như lúc ghi; sửa bằng `phananh db verify --repair`",
        "its row in lists is not as it was written; write it anew with "
        "`phananh db verify --repair`",
    ),
    "row_not_of_history": Message(
        "dòng trong danh sách không khớp với các bước đã ghi ở các cột {columns}; sửa bằng "
        "`phananh db verify --repair`",
        "its row in lists is not what its events add up to, in {columns}; write it anew with "
        "`phananh db verify --repair`",
    ),
    "sqlalchemy_url": Message(
        "phần sau sqlalchemy+ không phải URL của SQLAlchemy",
        "what follows sqlalchemy+ is not a URL of SQLAlchemy",
        "viết sqlalchemy+mariadb+pymysql://user:password@host/database",
        "write sqlalchemy+mariadb+pymysql://user:password@host/database",
    ),
    "store_meant": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} names no store",
        "viết {meant}", "write {meant}",
    ),
    "store_of_extra": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} is no address",
        'viết {meant}, và cài bằng `pip install ".[{extra}]"` trong bản sao mã nguồn',
        'write {meant}, and install it with `pip install ".[{extra}]"` in a clone',
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
    "target_not_empty": Message(
        "đã có dữ liệu", "holds something", "nêu cơ sở dữ liệu trống", "name an empty database",
    ),
    "target_of_another": Message(
        "đã có PAKN mà bản gốc không có", "already has cases that the source does not have",
        "nêu cơ sở dữ liệu trống, hoặc bản sao dở dang của chính bản gốc này",
        "name an empty database, or a copy that was begun from this source",
    ),
    "unknown_store": Message(
        "không có {value}", "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường; nếu kho dữ liệu là của gói khác thì cài "
        "gói khai báo kho đó trong nhóm phananh.stores",
        "use one of {known}, or a plain path; if the store is of another package, install the "
        "package, which brings its scheme as an entry point in the group phananh.stores",
    ),
}  # fmt: skip
