"""What is wrong with a database server, or with an engine or a connection to one."""

from phananh.messages.message import Message

SERVERS: dict[str, Message] = {
    "commits_each_statement": Message(
        "giữ từng lệnh riêng lẻ (AUTOCOMMIT), nên bước đã ghi không hoàn tác cùng được",
        "commits each statement by itself (AUTOCOMMIT), so what is recorded could not be undone "
        "with it",
        "dùng kết nối không có AUTOCOMMIT", "use a connection without AUTOCOMMIT",
    ),
    "database_missing": Message(
        "máy chủ không có cơ sở dữ liệu này ({cause})",
        "the server has no such database ({cause})",
        "sửa tên trong địa chỉ, hoặc tạo cơ sở dữ liệu trước bằng CREATE DATABASE",
        "correct the name in the address, or create the database first with CREATE DATABASE",
    ),
    "driver_begins_late": Message(
        "trình điều khiển SQLite chưa mở giao dịch, nên bước đã ghi không hoàn tác cùng được",
        "has no transaction of SQLite's driver yet, so what is recorded could not be undone with "
        "it",
        "phát BEGIN IMMEDIATE trong một sự kiện (docs/how-to/sqlalchemy.md), hoặc từ Python 3.12 "
        "tạo engine với connect_args=dict(autocommit=False)",
        "emit BEGIN IMMEDIATE in an event (docs/how-to/sqlalchemy.md), or in Python 3.12 and "
        "later make the engine with connect_args=dict(autocommit=False)",
    ),
    "login_refused": Message(
        "máy chủ không cho tài khoản này vào ({cause})",
        "the server refuses this account ({cause})",
        "kiểm tra tên và mật khẩu trong địa chỉ (viết @ thành %40), và máy chủ cho tài khoản này "
        "vào từ đâu",
        "check the name and the password in the address (write @ as %40), and from where the "
        "server lets this account in",
    ),
    "not_a_sqlalchemy_connection": Message(
        "{value} không phải Connection hay Session của SQLAlchemy",
        "{value} is not a Connection or Session of SQLAlchemy",
        "đưa một Connection đang mở, hoặc một Session", "give an open Connection, or a Session",
    ),
    "not_an_engine": Message(
        "{value} không phải Engine của SQLAlchemy", "{value} is not an Engine of SQLAlchemy",
        "đưa kết quả của create_engine; engine bất đồng bộ thì không dùng được",
        "give what create_engine returns, not an asynchronous engine",
    ),
    "not_mariadb": Message(
        "máy chủ không phải MariaDB 10.6 trở lên ({cause})",
        "the server is not MariaDB 10.6 or later ({cause})",
    ),
    "not_replicated": Message(
        "máy chủ chính đã ghi mà có thể chưa bản sao nào có",
        "the commit is on the primary, and perhaps on no replica",
        "hãy thử lại với cùng mã lệnh", "try again with the same command id",
    ),
    "rights_missing": Message(
        "tài khoản thiếu quyền ({cause})", "the account lacks a right ({cause})",
        "cấp quyền bằng GRANT, hoặc dùng tài khoản khác",
        "grant it with GRANT, or use another account",
    ),
    "schema_missing": Message(
        "lược đồ chưa có ({cause})", "the schema does not exist ({cause})",
        "tạo trước bằng CREATE SCHEMA, hoặc sửa tên",
        "create it first with CREATE SCHEMA, or correct the name",
    ),
    "server_read_only": Message(
        "máy chủ chỉ cho đọc ({cause}): có thể là bản sao, hoặc đang chuyển máy chủ chính",
        "the server is read-only ({cause}): perhaps a replica, or during a failover",
        "hãy thử lại, hoặc kết nối với máy chủ chính", "try again, or connect to the primary",
    ),
    "tables_commit": Message(
        "MariaDB giữ mỗi bảng ngay khi tạo, nên việc đã làm trước đó trong giao dịch cũng bị giữ",
        "MariaDB commits a table as soon as it is made, with all that the transaction did before",
        "tạo các bảng ngoài giao dịch: SqlalchemyStore(engine).migrate()",
        "make the tables outside the transaction: SqlalchemyStore(engine).migrate()",
    ),
    "transaction_undone": Message(
        "cơ sở dữ liệu đã hoàn tác cả giao dịch, kể cả việc của chương trình, và không giữ lại gì",
        "the database undid the whole transaction, including what the application did in it",
        "hãy làm lại giao dịch từ đầu", "run the transaction again from the beginning",
    ),
    "unknown_engine": Message(
        "không dùng được {value}", "{value} cannot be used",
        "chọn một trong: {known}", "use one of {known}",
    ),
}  # fmt: skip

# What a Django project gets about its databases, its migrations and its commands.
DJANGO: dict[str, Message] = {
    "atomic_began_late": Message(
        "giao dịch đã đọc trước khi ghi, mà kết nối khác đang ghi hoặc đã ghi xong, nên chưa ghi "
        "gì",
        "your transaction read before it wrote, and another one is writing or has written, so "
        "nothing was recorded",
        'hoàn tác giao dịch rồi làm lại; đặt "transaction_mode": "IMMEDIATE" trong OPTIONS của '
        "cơ sở dữ liệu thì giao dịch sẽ chờ",
        'undo the transaction and run it again. With "transaction_mode": "IMMEDIATE" in the '
        "OPTIONS of the database it waits instead",
    ),
    "database_busy": Message(
        "đang bận: giao dịch khác đang ghi, đã chờ {seconds} giây",
        "busy: another transaction is writing, waited {seconds} s",
        "hãy thử lại", "try again",
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
    "desk_not_named": Message(
        "chưa đặt PHANANH_DESK trong settings", "PHANANH_DESK is not in the settings",
        'đặt tên của bàn xử lý hoặc của hàm tạo bàn xử lý, như "hotline.desks.desk"',
        'set it to the name of a desk, or of a function that returns one, such as '
        '"hotline.desks.desk"',
    ),
    "isolation_is_higher": Message(
        "{where}: mức cô lập là {level}; khi nhiều người cùng ghi, nhiều bước sẽ kết thúc bằng "
        "ConflictError hơn",
        "{where}: the isolation level is {level}, so if several people act at once, more acts "
        "end in ConflictError",
        "bỏ isolation_level trong OPTIONS để dùng READ COMMITTED",
        "leave isolation_level out of OPTIONS to use READ COMMITTED",
    ),
    "not_all_swept": Message(
        "{failed} PAKN chưa đánh dấu được", "{failed} cases could not be swept",
    ),
    "swept": Message("đã đánh dấu {lapsed} PAKN trễ hạn", "{lapsed} lapses were marked"),
    "tables_hold_cases": Message(
        "{where}: các bảng của phananh đã có PAKN, nên không xóa bảng",
        "{where}: the tables of phananh contain cases, so they are not dropped",
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
