"""What is wrong with a store, its address, its server, or its upkeep, and what it was doing."""

from phananh.messages.message import Message

_RESTORE = ("hãy khôi phục bản sao lưu", "restore a backup")

_RESTORE_IT = ("hãy khôi phục từ bản sao lưu", "restore it from a backup")

_UPGRADE = ("hãy nâng cấp phananh", "upgrade phananh")

_ANOTHER_FILE = ("hãy nêu tệp khác", "name another file")

_REPAIR = ("sửa bằng `phananh db verify --repair`", "rewrite it with `phananh db verify --repair`")

STORES: dict[str, Message] = {
    "always_second": Message(
        "lần nào cũng có tiến trình khác ghi trước", "other processes always wrote first",
        "hãy thử lại", "try again",
    ),
    "bound_store_closed": Message(
        "kho dữ liệu gắn với kết nối đã đóng", "the bound store was closed",
    ),
    "busy": Message(
        "đang bận: kết nối khác đang ghi, đã chờ {seconds} giây",
        "busy: another connection is writing, waited {seconds} s",
        "hãy thử lại", "try again",
    ),
    "cannot_open": Message(
        "không mở được tệp ({cause})", "the file cannot be opened ({cause})",
        "xem ai được đọc và ghi tệp và thư mục chứa tệp",
        "check who may read and write it and its folder",
    ),
    "cannot_read": Message("không đọc được ({cause})", "it cannot be read ({cause})"),
    "change_does_not_continue": Message(
        "PAKN {case}: các bước {versions} và dòng {row} không tiếp nối phiên bản "
        "{expected}",
        "case {case}: events {versions} and row {row} do not continue version {expected}",
        "đưa các bước expected + 1, expected + 2, ... và dòng của bước cuối",
        "give events expected + 1, expected + 2, ... and the row of the last",
    ),
    "checksum_differs": Message(
        "không còn như lúc ghi", "it differs from what was written",
        *_RESTORE_IT,
    ),
    "code_taken": Message(
        "mã tra cứu đã có phản ánh, kiến nghị khác dùng", "the tracking code is taken",
    ),
    "cursor_unknown": Message(
        "không hiểu {value}", "{value} is not understood",
        "đưa `next` của trang trước", "give `next` of the previous page",
    ),
    "damaged_file": Message(
        "tệp bị hỏng ({cause})", "the file is damaged ({cause})",
        *_RESTORE,
    ),
    "disk_failed": Message(
        "đọc hoặc ghi đĩa không được ({cause})", "reading or writing the disk failed ({cause})",
    ),
    "disk_full": Message("đĩa đã đầy ({cause})", "the disk is full ({cause})"),
    "event_format": Message(
        "định dạng {value}, bản này đọc {known}", "format {value}, this version reads {known}",
        *_UPGRADE,
    ),
    "event_keys": Message(
        "khóa lạ: {unknown}, khóa thiếu: {missing}",
        "unknown keys: {unknown}, missing keys: {missing}",
    ),
    "event_missing": Message("thiếu bước này", "this event is missing", *_RESTORE_IT),
    "feed_restored": Message(
        "cơ sở dữ liệu được khôi phục từ bản kết xuất", "the database was restored from a dump",
        "chạy `phananh db migrate` một lần", "run `phananh db migrate` once",
    ),
    "file_exists": Message("đã có {value}", "{value} exists", "nêu tệp mới", "name a new file"),
    "file_replaced": Message(
        "tệp đã bị xóa, hoặc bị thay bằng tệp khác, trong khi đang mở, nên không ghi gì",
        "the file was deleted or replaced while it was open, so nothing was recorded",
        "hãy mở lại", "open it again",
    ),
    "folder_missing": Message(
        "chưa có thư mục chứa tệp", "its folder is missing",
        "hãy tạo thư mục", "create it",
    ),
    "folder_named": Message(
        "là thư mục", "is a folder",
        "hãy nêu một tệp trong đó", "name a file in it",
    ),
    "lacks_transaction": Message(
        "không ở trong giao dịch nào, nên bước đã ghi không hoàn tác cùng được",
        "is in no transaction, so what is recorded could not be undone with it",
        'kết nối với isolation_level=None và chạy "begin immediate" trước',
        'connect with isolation_level=None and execute "begin immediate" first',
    ),
    "lease_ends_early": Message(
        "phải sau `now`, là {now}", "it must be after `now`, which is {now}",
        "đưa thời điểm muộn hơn", "give a later moment",
    ),
    "log_in_use": Message(
        "còn tiến trình đang đọc nhật ký", "a reader still needs the log",
        "hãy xóa dữ liệu lần nữa", "erase the case again",
    ),
    "log_without_file": Message(
        "tệp không có hoặc rỗng mà nhật ký của tệp thì không",
        "the file is missing or empty, but its log is not",
        *_RESTORE,
    ),
    "memory_for_file": Message(
        "{value} không phải tệp", "{value} is not a file",
        'nêu đường dẫn; để lưu trong bộ nhớ thì MemoryStore() hoặc open_store("memory:")',
        'give a path, or for memory use MemoryStore() or open_store("memory:")',
    ),
    "one_change_at_a_time": Message(
        "{count} thay đổi, mà kho dữ liệu không có `lists`",
        "{count} changes, and the store does not offer `lists`",
        "ghi từng thay đổi một", "commit one change at a time",
    ),
    "not_a_connection": Message(
        "{value} không phải kết nối", "{value} is not a connection",
        "đưa chính sqlite3.Connection", "give the sqlite3.Connection itself",
    ),
    "not_a_database": Message(
        "tệp không phải cơ sở dữ liệu SQLite, nên được giữ nguyên ({cause})",
        "the file is not an SQLite database, so it was left unchanged ({cause})",
        *_ANOTHER_FILE,
    ),
    "not_a_dsn": Message(
        "không phải chuỗi kết nối PostgreSQL", "it is not a connection string of PostgreSQL",
        "đưa dạng postgresql://người_dùng@máy_chủ/cơ_sở_dữ_liệu; trong mật khẩu viết @ thành %40, "
        "/ thành %2F, ? thành %3F",
        "give one such as postgresql://user@host/database, and in a password write @ as %40, / as "
        "%2F, ? as %3F",
    ),
    "not_a_file": Message(
        "{value} không phải tệp", "{value} is not a file",
        "nêu đường dẫn, hoặc dùng MemoryStore()", "give a path, or MemoryStore()",
    ),
    "not_a_number_of_rows": Message(
        "{value} không phải số dòng", "{value} is not a number of rows",
        "từ 1 trở lên, tối đa 2147483647", "give 1 or more, at most 2147483647",
    ),
    "not_a_path": Message(
        "{value} không phải đường dẫn", "{value} is not a path",
        "nêu văn bản, hoặc Path", "give a text, or a Path",
    ),
    "not_a_psycopg_connection": Message(
        "{value} không phải kết nối của psycopg 3", "{value} is not a connection of psycopg 3",
        "đưa một psycopg.Connection đang mở", "give an open psycopg.Connection",
    ),
    "not_a_schema_name": Message(
        "{value} không phải tên lược đồ", "{value} is not a name of a schema",
        "dùng chữ thường, chữ số và dấu gạch dưới", "use small letters, digits and underscores",
    ),
    "not_an_event": Message(
        "{value} không phải bước đã ghi", "{value} is not an event",
        "xem phananh.regulation.events", "see phananh.regulation.events",
    ),
    "not_json_object": Message(
        "không phải một đối tượng JSON, hoặc nhiều hơn một", "no JSON object, or more than one",
    ),
    "not_seconds": Message(
        "{value} không phải số giây", "{value} is not a number of seconds",
        "từ 0 giây trở lên", "give 0 seconds or more",
    ),
    "not_sqlite": Message(
        "tệp không phải cơ sở dữ liệu SQLite, nên được giữ nguyên",
        "the file is not an SQLite database, so it was left unchanged",
        *_ANOTHER_FILE,
    ),
    "no_connection": Message(
        "sau {seconds} giây vẫn không kết nối được với máy chủ ({cause})",
        "no connection within {seconds} s ({cause})",
        "kiểm tra địa chỉ, và máy chủ có chạy, còn nhận kết nối không; rồi thử lại",
        "check the address, and that the server runs and takes more connections, then try again",
    ),
    "pool_timeout": Message(
        "sau {seconds} giây vẫn không có kết nối nào: máy chủ không trả lời, hoặc mọi kết nối đều "
        "bận",
        "no connection within {seconds} s: the server does not answer, or all are in use",
        "hãy thử lại, hoặc tăng pool_size", "try again, or raise pool_size",
    ),
    "position_ahead": Message(
        "{value} nằm sau mục cuối cùng, là {last}", "{value} is after the last entry, {last}",
        "nếu đã khôi phục bản sao lưu, hãy đọc lại từ đầu, hoặc từ `next` giữ cùng bản sao lưu",
        "if a backup was restored, read from the beginning, or from the `next` saved with it",
    ),
    "position_back": Message(
        "{value} nằm trước vị trí đã ghi, là {reached}",
        "{value} is before the position that was recorded, {reached}",
        "đưa vị trí của mục sau", "give the position of a later entry",
    ),
    "position_unknown": Message(
        "không hiểu {value}", "{value} is not understood",
        "đưa `next` của lần đọc trước, hoặc None để đọc từ đầu",
        "give `next` of the previous read, or None to start at the beginning",
    ),
    "personal_differs": Message(
        "phần dữ liệu cá nhân không còn như lúc ghi",
        "the personal data differs from what was written",
        *_RESTORE_IT,
    ),
    "personal_lost": Message(
        "thiếu phần dữ liệu cá nhân mà không phải do xóa",
        "the personal data is missing and was not erased",
        *_RESTORE_IT,
    ),
    "read_only": Message(
        "tệp, hoặc thư mục chứa tệp, nơi người đọc cũng ghi nhật ký, chỉ cho đọc ({cause})",
        "the file or its folder, where readers also write a log, is read-only ({cause})",
        "cấp quyền ghi cho cả hai", "make both writable",
    ),
    "schema_newer": Message(
        "các bảng là của phananh mới hơn, nên dữ liệu được giữ nguyên",
        "the tables are of a newer phananh, so they were left unchanged",
        *_UPGRADE,
    ),
    "schema_older": Message(
        "các bảng là của phananh cũ hơn, nên dữ liệu được giữ nguyên",
        "the tables are of an older phananh, so they were left unchanged",
        "sao lưu rồi nâng cấp bằng `phananh db migrate`",
        "back up, then run `phananh db migrate`",
    ),
    "row_differs": Message(
        "dòng của PAKN ghi phiên bản {value}", "the row of the case says version {value}",
        *_RESTORE_IT,
    ),
    "server_gone": Message(
        "mất kết nối với máy chủ ({cause})", "the server is down or broke the connection ({cause})",
        "hãy thử lại với cùng mã lệnh", "try again with the same command id",
    ),
    "store_closed": Message("kho dữ liệu đã đóng", "the store is closed"),
    "tables_foreign": Message(
        "các bảng không phải của phananh", "the tables do not belong to phananh",
        "hãy nêu tệp khác; nếu là cơ sở dữ liệu của chương trình thì trước hết chạy schema_sql() "
        "trong một migration",
        "name another file, or if it is the database of your application, run schema_sql() in a "
        "migration first",
    ),
    "tables_missing": Message(
        "chưa có các bảng của phananh", "there are no tables of phananh yet",
        "tạo bằng `phananh db migrate` hoặc các lệnh của schema_sql()",
        "make them with `phananh db migrate` or the statements of schema_sql()",
    ),
    "too_many_connections": Message(
        "máy chủ không nhận thêm kết nối ({cause})",
        "the server takes no more connections ({cause})",
        "giảm pool_size, hoặc tăng max_connections", "lower pool_size, or raise max_connections",
    ),
    "unknown_event_type": Message(
        "không có loại bước {value}: do phananh mới hơn ghi, hoặc bị hỏng",
        "unknown event type {value}: written by a newer phananh, or damaged",
    ),
    "value_keys": Message("khóa của {kind} khác: {keys}", "keys of {kind} differ: {keys}"),
    "value_lacks_offset": Message("thời điểm không có múi giờ", "an instant without offset"),
    "value_type": Message("một giá trị sai kiểu: {kind}", "a value of the wrong type: {kind}"),
    # the address, and the upkeep of a whole store
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
    "extra_missing": Message(
        'cần phần bổ sung "{extra}" ({cause})', 'the extra "{extra}" is needed ({cause})',
        'trong bản sao mã nguồn: `pip install ".[{extra}]"`',
        'in a clone: `pip install ".[{extra}]"`',
    ),
    "history_not_folded": Message(
        "các bước không nối tiếp nhau ({cause})", "its events do not follow each other ({cause})",
    ),
    "not_an_address": Message(
        "{value} không phải địa chỉ của kho dữ liệu", "{value} is not an address of a store",
        "nêu đường dẫn hoặc URL", "give a path or a URL",
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
    "unknown_store": Message(
        "không có {value}", "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường; nếu kho dữ liệu là của gói khác thì cài "
        "gói khai báo kho đó trong nhóm phananh.stores",
        "use one of {known}, or a plain path. If the store is of another package, install the "
        "package, which brings its scheme as an entry point in the group phananh.stores",
    ),
    # a server, an engine or a connection
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
    "transaction_undone": Message(
        "cơ sở dữ liệu đã hoàn tác cả giao dịch, kể cả việc của chương trình, và không giữ lại gì",
        "the database undid the whole transaction, including what the application did in it",
        "hãy làm lại giao dịch từ đầu", "run the transaction again from the beginning",
    ),
    "unknown_engine": Message(
        "không dùng được {value}", "{value} cannot be used",
        "chọn một trong: {known}", "use one of {known}",
    ),
    # Django
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
    "not_all_swept": Message(
        "{failed} PAKN chưa đánh dấu được", "{failed} cases could not be swept",
    ),
    "swept": Message("đã đánh dấu {lapsed} PAKN trễ hạn", "{lapsed} lapses were marked"),
    "tables_not_migrated": Message(
        "các bảng của phananh chưa có hoặc đã cũ", "the tables of phananh are missing or old",
        "chạy `manage.py migrate`", "run `manage.py migrate`",
    ),
}  # fmt: skip

# Stands after "while" and "khi".
DOING: dict[str, Message] = {
    "backing_up": Message("sao lưu", "backing up"),
    "binding": Message("gắn vào kết nối", "binding to a connection"),
    "claiming": Message("nhận quyền đọc cho một chương trình nhận", "claiming a consumer"),
    "copying": Message("sao chép", "copying"),
    "erasing": Message("xóa dữ liệu cá nhân", "erasing"),
    "erasing_case": Message(
        "xóa dữ liệu cá nhân của PAKN {case}", "erasing the personal data of case {case}",
    ),
    "erasing_log": Message("xóa nhật ký sau PAKN {case}", "erasing the log after case {case}"),
    "examining": Message("xem xét cơ sở dữ liệu", "examining the store"),
    "finding": Message("tìm phản ánh, kiến nghị", "finding cases"),
    "finding_command": Message("ghi", "recording"),
    "loading": Message("đọc phản ánh, kiến nghị", "loading a case"),
    "migrating": Message("nâng cấp các bảng", "migrating the tables"),
    "opening": Message("mở cơ sở dữ liệu", "opening the store"),
    "reading_event": Message("đọc bước đã ghi", "reading a stored event"),
    "recording": Message("ghi", "recording"),
    "recording_case": Message(
        "ghi PAKN {case} phiên bản {version}", "recording case {case} version {version}",
    ),
    "recording_cases": Message(
        "ghi PAKN {case} phiên bản {version} và {more} bước nữa",
        "recording case {case} version {version} and {more} more",
    ),
    "recording_nothing": Message("không ghi gì", "recording nothing"),
    "scanning": Message("đọc lần lượt các bước đã ghi", "scanning the feed"),
}  # fmt: skip
