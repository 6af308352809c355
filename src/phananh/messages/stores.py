"""What is wrong with a store, its file or what is given to it, by code; and what it was doing."""

from phananh.messages.message import Message

# What a store was doing when it failed: after "while" and "khi".
DOING: dict[str, Message] = {
    "backing_up": Message(vi="sao lưu", en="backing up"),
    "binding": Message(vi="gắn vào kết nối", en="binding to a connection"),
    "erasing": Message(vi="xóa dữ liệu cá nhân", en="erasing"),
    "erasing_case": Message(
        vi="xóa dữ liệu cá nhân của PAKN {case}", en="erasing what is personal of case {case}"
    ),
    "erasing_log": Message(
        vi="xóa nhật ký sau PAKN {case}", en="erasing the log after case {case}"
    ),
    "finding": Message(vi="tìm phản ánh, kiến nghị", en="finding cases"),
    "finding_command": Message(vi="tra lệnh đã ghi", en="looking a command up"),
    "loading": Message(vi="đọc phản ánh, kiến nghị", en="loading a case"),
    "opening": Message(vi="mở cơ sở dữ liệu", en="opening the store"),
    "reading_event": Message(vi="đọc bước đã ghi", en="reading a stored event"),
    "recording": Message(vi="ghi", en="recording"),
    "recording_case": Message(
        vi="ghi PAKN {case} phiên bản {version}", en="recording case {case} version {version}"
    ),
    "recording_cases": Message(
        vi="ghi PAKN {case} phiên bản {version} và {more} bước nữa",
        en="recording case {case} version {version} and {more} more",
    ),
    "recording_nothing": Message(vi="không ghi gì", en="recording nothing"),
    "scanning": Message(vi="đọc lần lượt các bước đã ghi", en="scanning the feed"),
}  # fmt: skip

STORES: dict[str, Message] = {
    "bound_store_closed": Message(
        vi="kho dữ liệu gắn với kết nối đã đóng", en="the bound store was closed"
    ),
    "busy": Message(
        vi="đang bận: tiến trình khác đang ghi, đã chờ {seconds} giây; hãy thử lại",
        en="busy: another process is writing, waited {seconds} s; try again",
    ),
    "cannot_open": Message(
        vi="không mở được tệp; xem ai được đọc và ghi tệp và thư mục chứa tệp ({cause})",
        en="the file cannot be opened; see who may read and write it and its folder ({cause})",
    ),
    "cannot_read": Message(vi="không đọc được ({cause})", en="it cannot be read ({cause})"),
    "change_does_not_continue": Message(
        vi="PAKN {case}: các bước {versions} và dòng {row} không tiếp nối phiên bản "
        "{expected}",
        en="case {case}: events {versions} and row {row} do not continue version {expected}",
        way_vi="đưa các bước expected + 1, expected + 2, ... và dòng của bước cuối",
        way_en="give events expected + 1, expected + 2, ... and the row of the last",
    ),
    "code_taken": Message(
        vi="mã tra cứu đã có phản ánh, kiến nghị khác dùng", en="the tracking code is taken"
    ),
    "cursor_unknown": Message(
        vi="không hiểu {value}",
        en="{value} is not understood",
        way_vi="đưa `next` của trang trước",
        way_en="give `next` of the page before",
    ),
    "damaged_file": Message(
        vi="tệp bị hỏng; hãy khôi phục bản sao lưu ({cause})",
        en="the file is damaged; restore a backup ({cause})",
    ),
    "disk_failed": Message(
        vi="đọc hoặc ghi đĩa không được ({cause})",
        en="reading or writing the disk failed ({cause})",
    ),
    "disk_full": Message(vi="đĩa đã đầy ({cause})", en="the disk is full ({cause})"),
    "event_format": Message(
        vi="định dạng {value}, bản này đọc {known}; hãy nâng cấp phananh",
        en="format {value}, this version reads {known}; upgrade phananh",
    ),
    "event_keys": Message(
        vi="khóa lạ: {unknown}, khóa thiếu: {missing}",
        en="unknown keys: {unknown}, missing keys: {missing}",
    ),
    "event_missing": Message(vi="thiếu bước này", en="no such event"),
    "file_exists": Message(
        vi="đã có {value}", en="{value} exists", way_vi="nêu tệp mới", way_en="name a new file"
    ),
    "folder_missing": Message(
        vi="chưa có thư mục chứa tệp; hãy tạo thư mục", en="its folder is missing; make it"
    ),
    "folder_named": Message(
        vi="là thư mục; hãy nêu một tệp trong đó", en="is a folder; name a file in it"
    ),
    "lacks_transaction": Message(
        vi="không ở trong giao dịch nào, nên bước đã ghi không hoàn tác cùng được",
        en="is in no transaction, so what is recorded could not be undone with it",
        way_vi='kết nối với isolation_level=None và chạy "begin immediate" trước',
        way_en='connect with isolation_level=None and execute "begin immediate" first',
    ),
    "lacks_wal": Message(
        vi="đĩa này không dùng được nhật ký ghi trước (journal mode {mode}); hãy dùng đĩa của máy",
        en="no write-ahead log on this disk (journal mode {mode}); use a local disk",
    ),
    "log_in_use": Message(
        vi="còn tiến trình đang đọc nhật ký; hãy xóa dữ liệu lần nữa",
        en="a reader still needs the log; erase the case again",
    ),
    "log_without_file": Message(
        vi="tệp không có hoặc rỗng mà nhật ký của tệp thì không; hãy khôi phục bản sao lưu",
        en="the file is missing or empty, but its log is not; restore a backup",
    ),
    "memory_for_file": Message(
        vi="{value} không phải tệp",
        en="{value} is not a file",
        way_vi='nêu đường dẫn; để lưu trong bộ nhớ thì MemoryStore() hoặc open_store("memory:")',
        way_en='give a path; for memory, MemoryStore() or open_store("memory:")',
    ),
    "not_a_connection": Message(
        vi="{value} không phải kết nối",
        en="{value} is not a connection",
        way_vi="đưa chính sqlite3.Connection",
        way_en="give the sqlite3.Connection itself",
    ),
    "not_a_database": Message(
        vi="tệp không phải cơ sở dữ liệu SQLite; tệp được giữ nguyên ({cause})",
        en="the file is no SQLite database; it was left as it is ({cause})",
    ),
    "not_a_file": Message(
        vi="{value} không phải tệp",
        en="{value} is not a file",
        way_vi="nêu đường dẫn, hoặc dùng MemoryStore()",
        way_en="give a path, or MemoryStore()",
    ),
    "not_a_number_of_rows": Message(
        vi="{value} không phải số dòng",
        en="{value} is not a number of rows",
        way_vi="từ 1 trở lên",
        way_en="give 1 or more",
    ),
    "not_a_path": Message(
        vi="{value} không phải đường dẫn",
        en="{value} is not a path",
        way_vi="nêu văn bản, hoặc Path",
        way_en="give a text, or a Path",
    ),
    "not_an_event": Message(
        vi="{value} không phải bước đã ghi",
        en="{value} is not an event",
        way_vi="xem phananh.regulation.values.events",
        way_en="see phananh.regulation.values.events",
    ),
    "not_json_object": Message(
        vi="không phải một đối tượng JSON, hoặc nhiều hơn một",
        en="no JSON object, or more than one",
    ),
    "not_seconds": Message(
        vi="{value} không phải số giây",
        en="{value} is not a number of seconds",
        way_vi="từ 0 giây trở lên",
        way_en="give 0 seconds or more",
    ),
    "not_sqlite": Message(
        vi="tệp không phải cơ sở dữ liệu SQLite; tệp được giữ nguyên",
        en="the file is no SQLite database; it was left as it is",
    ),
    "position_unknown": Message(
        vi="không hiểu {value}",
        en="{value} is not understood",
        way_vi="đưa `position` của một mục mà scan đã trả về",
        way_en="give `position` of an entry that scan returned",
    ),
    "read_only": Message(
        vi="tệp, hoặc thư mục chứa tệp, nơi người đọc cũng ghi nhật ký, chỉ cho đọc ({cause})",
        en="the file or its folder, where readers too keep a log, is read-only ({cause})",
    ),
    "schema_newer": Message(
        vi="tệp được giữ nguyên; hãy nâng cấp phananh",
        en="the file was left as it is; upgrade phananh",
    ),
    "schema_older": Message(
        vi="tệp được giữ nguyên; hãy chuyển đổi bằng bản phananh ở giữa",
        en="the file was left as it is; migrate it with the phananh that came between",
    ),
    "store_closed": Message(vi="kho dữ liệu đã đóng", en="the store is closed"),
    "tables_foreign": Message(
        vi="các bảng không phải của phananh; hãy nêu tệp khác, hoặc xem schema_sql",
        en="the tables are not ours; name another file, or see schema_sql",
    ),
    "tables_missing": Message(
        vi="chưa có các bảng của phananh; trước hết chạy schema_sql() trên kết nối",
        en="our tables are missing; run schema_sql() on the connection first",
    ),
    "unknown_event_type": Message(
        vi="không có loại bước {value}: do phananh mới hơn ghi, hoặc bị hỏng",
        en="unknown event type {value}: written by a newer phananh, or damaged",
    ),
    "unknown_store": Message(
        vi="không có {value}",
        en="{value} is unknown",
        way_vi="chọn một trong: memory:, sqlite:///path, hoặc đường dẫn thường",
        way_en="use one of memory:, sqlite:///path, or a plain path",
    ),
    "value_keys": Message(
        vi="khóa của {kind} khác: {keys}", en="keys of {kind} differ: {keys}"
    ),
    "value_lacks_offset": Message(
        vi="thời điểm không có múi giờ", en="an instant without offset"
    ),
    "value_type": Message(
        vi="một giá trị sai kiểu: {kind}", en="a value of the wrong type: {kind}"
    ),
}  # fmt: skip
