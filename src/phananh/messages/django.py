"""What a project of Django is told: of its databases, its transactions and its migrations."""

from phananh.messages.message import Message

DJANGO: dict[str, Message] = {
    "atomic_began_late": Message(
        "giao dịch đã đọc trước khi ghi, và kết nối khác đang ghi hoặc đã ghi xong; chưa ghi gì",
        "your transaction read before it wrote, and another one is writing or has written; "
        "nothing was recorded",
        'hoàn tác giao dịch rồi làm lại; đặt "transaction_mode": "IMMEDIATE" trong OPTIONS của '
        "cơ sở dữ liệu thì giao dịch sẽ chờ",
        'undo the transaction and run it again; with "transaction_mode": "IMMEDIATE" in the '
        "OPTIONS of the database it waits instead",
    ),
    "database_busy": Message(
        "đang bận: giao dịch khác đang ghi, đã chờ {seconds} giây; hãy thử lại",
        "busy: another transaction is writing, waited {seconds} s; try again",
    ),
    "database_begins_late": Message(
        "{where}: atomic() không giữ quyền ghi từ đầu, nên một giao dịch đọc trước khi ghi sẽ lỗi "
        "khi kết nối khác ghi xen vào",
        "{where}: atomic() does not take the write lock when it begins, so a transaction that "
        "reads before it writes fails if another one writes in between",
        'đặt "transaction_mode": "IMMEDIATE" trong OPTIONS',
        'set "transaction_mode": "IMMEDIATE" in OPTIONS',
    ),
    "database_of_old_driver": Message(
        "{where}: cần psycopg 3, mà đang dùng {driver}",
        "{where}: psycopg 3 is needed, and {driver} is used",
        'cài bằng `pip install "psycopg[binary]"`',
        'install it with `pip install "psycopg[binary]"`',
    ),
    "database_unsupported": Message(
        "{where}: phananh không có bảng cho cơ sở dữ liệu loại {vendor}",
        "{where}: phananh has no tables for a database of {vendor}",
        "dùng một trong các loại {known}, hoặc dùng router để `phananh` không vào đó",
        "use one of {known}, or keep `phananh` away from it with a router",
    ),
    "isolation_is_higher": Message(
        "{where}: mức cô lập là {level}; khi nhiều người cùng ghi, nhiều bước sẽ kết thúc bằng "
        "ConflictError hơn",
        "{where}: the isolation level is {level}; if several people act at once, more acts end "
        "in ConflictError",
        "bỏ isolation_level trong OPTIONS để dùng READ COMMITTED",
        "leave isolation_level out of OPTIONS to use READ COMMITTED",
    ),
    "tables_hold_cases": Message(
        "{where}: các bảng của phananh đã có PAKN, nên không xóa bảng",
        "{where}: the tables of phananh hold cases, so they are not dropped",
        "sao lưu, rồi tự xóa các bảng nếu thật sự muốn mất hết",
        "back up, and drop the tables yourself if all of it may be lost",
    ),
    "tables_not_migrated": Message(
        "các bảng của phananh chưa có hoặc đã cũ", "the tables of phananh are missing or old",
        "chạy `manage.py migrate`", "run `manage.py migrate`",
    ),
    "tables_stay_changed": Message(
        "{where}: không quay lại bảng cũ được, mà cũng không cần: mã cũ vẫn chạy với bảng mới",
        "{where}: the tables do not go back a step, and need not: old code runs on new tables",
    ),
}  # fmt: skip
