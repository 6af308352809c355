"""What is wrong with a database server, or with an engine or a connection to one."""

from phananh.messages.message import Message

SERVERS: dict[str, Message] = {
    "commits_each_statement": Message(
        "giữ từng lệnh riêng lẻ (AUTOCOMMIT), nên bước đã ghi không hoàn tác cùng được",
        "keeps each statement by itself (AUTOCOMMIT), so what is recorded could not be undone "
        "with it",
        "dùng kết nối không có AUTOCOMMIT", "use a connection without AUTOCOMMIT",
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
    "not_a_sqlalchemy_connection": Message(
        "{value} không phải Connection hay Session của SQLAlchemy",
        "{value} is no Connection or Session of SQLAlchemy",
        "đưa một Connection đang mở, hoặc một Session", "give an open Connection, or a Session",
    ),
    "not_an_engine": Message(
        "{value} không phải Engine của SQLAlchemy", "{value} is no Engine of SQLAlchemy",
        "đưa kết quả của create_engine; engine bất đồng bộ thì không dùng được",
        "give what create_engine returns; an asynchronous engine will not do",
    ),
    "not_mariadb": Message(
        "máy chủ không phải MariaDB 10.6 trở lên ({cause})",
        "the server is not MariaDB 10.6 or later ({cause})",
    ),
    "not_replicated": Message(
        "máy chủ chính đã ghi mà có thể chưa bản sao nào có; hãy thử lại với cùng mã lệnh",
        "the commit is on the primary, and perhaps on no replica; try again with the same command "
        "id",
    ),
    "server_read_only": Message(
        "máy chủ chỉ cho đọc ({cause}): có thể là bản sao, hoặc đang chuyển máy chủ chính",
        "the server is read-only ({cause}): perhaps a replica, or during a failover",
    ),
    "tables_commit": Message(
        "MariaDB giữ mỗi bảng ngay khi tạo, nên việc đã làm trước đó trong giao dịch cũng bị giữ",
        "MariaDB keeps a table as soon as it is made, and what was done in the transaction before",
        "tạo các bảng ngoài giao dịch: SqlalchemyStore(engine).migrate()",
        "make the tables outside of it: SqlalchemyStore(engine).migrate()",
    ),
    "transaction_undone": Message(
        "cơ sở dữ liệu đã hoàn tác cả giao dịch, kể cả việc của chương trình; không giữ lại gì; "
        "hãy làm lại giao dịch từ đầu",
        "the database undid the whole transaction, with what the application did in it; nothing "
        "was kept; begin it anew",
    ),
    "unknown_engine": Message(
        "không dùng được {value}", "{value} is not known",
        "chọn một trong: {known}", "use one of {known}",
    ),
}  # fmt: skip
