"""What is wrong with a store, its file or its arguments, by code."""

from phananh.messages.message import Message

_RESTORE = ("hãy khôi phục bản sao lưu", "restore a backup")
_RESTORE_IT = ("hãy khôi phục từ bản sao lưu", "restore it from a backup")
_UPGRADE = ("hãy nâng cấp phananh", "upgrade phananh")
_ANOTHER_FILE = ("hãy nêu tệp khác", "name another file")

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
    "entry_missing": Message(
        "mục thứ {n} đã mất, hoặc không còn đúng chỗ",
        "entry {n} is lost, or is not where it belongs",
        *_RESTORE_IT,
    ),
    "erasure_uncertain": Message(
        "đã xóa những gì tìm thấy, nhưng tệp bị hỏng nên không chắc đã hết",
        "what was found is erased, but the file is damaged, so personal data may be left",
        "hãy khôi phục bản sao lưu rồi xóa lại", "restore a backup and erase again",
    ),
    "event_missing": Message("thiếu bước này", "this event is missing", *_RESTORE_IT),
    "feed_restored": Message(
        "cơ sở dữ liệu được khôi phục từ bản kết xuất", "the database was restored from a dump",
        "chạy `phananh db migrate` một lần", "run `phananh db migrate` once",
    ),
    "file_exists": Message("đã có {value}", "{value} exists", "nêu tệp mới", "name a new file"),
    "file_emptied": Message(
        "tệp rỗng mà trước đây đã có dữ liệu, nên được giữ nguyên",
        "the file is empty, but it was a store before, so it was left unchanged",
        "hãy khôi phục bản sao lưu, hoặc xóa tệp để bắt đầu lại",
        "restore a backup, or delete the file to start again",
    ),
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
    "lacks_wal": Message(
        "đĩa này không dùng được nhật ký ghi trước (journal mode {mode})",
        "this disk does not support a write-ahead log (journal mode {mode})",
        "hãy dùng đĩa của máy", "use a local disk",
    ),
    "log_damaged": Message(
        "nhật ký (-wal) bị hỏng ở giữa: có việc đã xác nhận mà SQLite sẽ bỏ, nên các tệp được giữ "
        "nguyên",
        "the log (-wal) is damaged in the middle: SQLite would drop acts that were acknowledged, "
        "so the files were left unchanged",
        "hãy khôi phục bản sao lưu (docs/how-to/erase-and-keep.md)",
        "restore a backup (docs/how-to/erase-and-keep.md)",
    ),
    "lease_ends_early": Message(
        "phải sau `now`, là {now}", "it must be after `now`, which is {now}",
        "đưa thời điểm muộn hơn", "give a later moment",
    ),
    "log_in_use": Message(
        "còn tiến trình đang đọc nhật ký", "a reader still needs the log",
        "hãy xóa dữ liệu lần nữa", "erase the case again",
    ),
    "log_unreadable": Message(
        "thư mục chỉ cho đọc mà tệp có nhật ký", "the folder is read-only, and the file has a log",
        "hãy chép tệp và nhật ký sang thư mục ghi được",
        "copy both to a folder that you can write to",
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
}  # fmt: skip
