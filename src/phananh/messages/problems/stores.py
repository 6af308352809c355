"""What is wrong with a database, in Vietnamese, by the English of it."""

STORES: dict[str, str] = {
    # a database: what was being done, and what failed
    "while opening the store": "khi mở cơ sở dữ liệu",
    "while recording case {} version {} and {} more": "khi ghi hồ sơ {} bản {} và {} việc nữa",
    "while recording case {} version {}": "khi ghi hồ sơ {} bản {}",
    "while loading a case": "khi đọc hồ sơ",
    "while looking a command up": "khi tra lệnh đã ghi",
    "while finding cases": "khi tìm hồ sơ",
    "while reading a stored event": "khi đọc việc đã ghi",
    "the file or its folder, where readers too keep a log, is read-only ({})":
        "tệp, hoặc thư mục của nó, nơi người đọc cũng ghi nhật ký, chỉ cho đọc ({})",
    "the disk is full ({})": "đĩa đã đầy ({})",
    "the file is no SQLite database; it was left as it is ({})":
        "tệp không phải cơ sở dữ liệu SQLite; tệp được giữ nguyên ({})",
    "the file is no SQLite database; it was left as it is":
        "tệp không phải cơ sở dữ liệu SQLite; tệp được giữ nguyên",
    "the file is damaged; restore a backup ({})": "tệp bị hỏng; hãy khôi phục bản sao lưu ({})",
    "the file cannot be opened; see who may read and write it and its folder ({})":
        "không mở được tệp; xem ai được đọc và ghi tệp và thư mục của nó ({})",
    "reading or writing the disk failed ({})": "đọc hoặc ghi đĩa không được ({})",
    "busy: another process is writing, waited {} s; try again":
        "đang bận: tiến trình khác đang ghi, đã chờ {} giây; hãy thử lại",
    "is a folder; name a file in it": "là thư mục; hãy nêu một tệp trong đó",
    "its folder is missing; make it": "chưa có thư mục chứa nó; hãy tạo thư mục",
    "the file is missing or empty, but its log is not; restore a backup":
        "tệp không có hoặc rỗng mà nhật ký của nó thì không; hãy khôi phục bản sao lưu",
    "the tables are not ours; name another file, or see schema_sql":
        "các bảng không phải của phananh; hãy nêu tệp khác, hoặc xem schema_sql",
    "the file was left as it is; upgrade phananh": "tệp được giữ nguyên; hãy nâng cấp phananh",
    "the file was left as it is; migrate it with the phananh that came between":
        "tệp được giữ nguyên; hãy chuyển đổi bằng bản phananh ở giữa",
    "no write-ahead log on this disk (journal mode {}); use a local disk":
        "đĩa này không dùng được nhật ký ghi trước (journal mode {}); hãy dùng đĩa của máy",
    "schema none, needed {}": "chưa có lược đồ, cần {}",
    "schema foreign, needed {}": "lược đồ lạ, cần {}",
    "schema unknown, needed {}": "lược đồ không rõ, cần {}",
    "schema {}, needed {}": "lược đồ {}, cần {}",
    "case {}, version {}": "hồ sơ {}, bản {}",
    "unknown event type {}: written by a newer phananh, or damaged":
        "không có loại việc {}: do phananh mới hơn ghi, hoặc bị hỏng",
    "format {}, this version reads {}; upgrade phananh":
        "định dạng {}, bản này đọc {}; hãy nâng cấp phananh",
    "no such event": "thiếu việc này",
    "while recording nothing and {} more": "khi ghi {} việc",
    "while recording nothing": "khi không ghi gì",
    "while binding to a connection": "khi gắn vào kết nối",
    "while scanning the feed": "khi đọc lần lượt các việc đã ghi",
    "while erasing the log after case {}": "khi xóa nhật ký sau hồ sơ {}",
    "while backing up": "khi sao lưu",
    "while loading": "khi đọc",
    "while erasing": "khi xóa",
    "the bound store was closed": "kho hồ sơ gắn với kết nối đã đóng",
    "the store is closed": "kho hồ sơ đã đóng",
    "the tracking code is taken": "mã tra cứu đã có hồ sơ dùng",
    "no such case": "không có hồ sơ này",
    "a reader still needs the log; forget the case again":
        "còn tiến trình đang đọc nhật ký; hãy xóa dữ liệu hồ sơ lần nữa",
    "our tables are missing; run schema_sql() on the connection first":
        "chưa có các bảng của phananh; trước hết chạy schema_sql() trên kết nối",
    "is in no transaction, so what is recorded could not be undone with it":
        "không ở trong giao dịch nào, nên việc đã ghi không hoàn tác cùng được",
    "not a connection: {}": "không phải kết nối: {}",
    "not a path: {}": "không phải đường dẫn: {}",
    "no file: {}": "không phải tệp: {}",
    "{} exists": "đã có {}",
    "not an event: {}": "không phải sự kiện: {}",
    "not understood: {}": "không hiểu: {}",
    "not a number of rows: {}": "không phải số dòng: {}",
    "case {}: events {} and row {} do not continue version {}":
        "hồ sơ {}: các sự kiện {} và dòng {} không tiếp nối phiên bản {}",
    "no JSON object, or more than one": "không phải một đối tượng JSON, hoặc nhiều hơn một",
    "unknown keys {}, missing keys {}": "khóa lạ {}, khóa thiếu {}",
    "keys of {} differ: {}": "khóa của {} khác: {}",
    "an instant without offset": "thời điểm không có múi giờ",
    "a value of the wrong type: {}": "giá trị sai kiểu: {}",
}  # fmt: skip
