"""What is wrong with an input or a database, in Vietnamese, by the English sentence that says it.

`{}` stands for what was given, which is put into the Vietnamese sentence as it is, in the
same order. A sentence that is not here stays English: those that only a programmer meets
(`give a WorkCalendar`) are left out on purpose.
"""

import re
from functools import cache

_PROBLEMS: dict[str, str] = {
    # any line of an act log, any filter
    "not text: {}": "không phải văn bản: {}",
    "not a list: {}": "không phải danh sách: {}",
    "not an object: {}": "không phải đối tượng JSON: {}",
    "not an id: {}": "không phải mã: {}",
    "not a score: {}": "không phải điểm: {}",
    "not a tag: {}": "không phải mã ngôn ngữ: {}",
    "not JSON: {}": "không phải JSON: {}",
    "{} is no JSON": "{} không có trong JSON",
    "byte {} is not UTF-8": "byte {} không phải UTF-8",
    "nested too deeply": "lồng nhau quá sâu",
    "stands twice": "có hai lần",
    "unknown key": "khóa không có",
    "no such filter": "không có bộ lọc này",
    "is missing": "còn thiếu",
    "null": "là null",
    "None": "chưa nêu",
    "no such time: {}": "không có giờ này: {}",
    "not ISO 8601: {}": "không theo ISO 8601: {}",
    "unknown: {}": "không có: {}",
    "{} is unknown": "không có {}",
    "is blank": "để trống",
    "adds nothing": "không bổ sung gì",
    "holds a NUL character": "có ký tự NUL",
    "holds a line break": "có dấu xuống dòng",
    "holds half a surrogate pair at character {}": "có nửa cặp ký tự thay thế ở vị trí {}",
    "{} has invisible or edge characters": "{} có ký tự ẩn, hoặc khoảng trắng ở đầu hay cuối",
    "{} mixes scripts: U+{}": "{} trộn nhiều loại chữ: U+{}",
    "{} is in no Latin script: U+{}": "{} không phải chữ La-tinh: U+{}",
    "{}: {} characters, at most {}": "{}: {} ký tự, nhiều nhất {}",
    "{} characters, at most {}": "{} ký tự, nhiều nhất {}",
    "{} has no offset": "{} không có múi giờ",
    "{} is out of range": "{} ngoài khoảng cho phép",
    "nobody escalates to {}": "không chuyển hồ sơ đến {}",
    "{} was used for another act, on case {}": "{} đã dùng cho việc khác, ở hồ sơ {}",
    "{} was used for another act": "{} đã dùng cho việc khác",
    "{} lies before the last event of case {}, {}": "{} trước sự kiện cuối của hồ sơ {}, {}",
    "{} lies before {}, the time of the line before": "{} trước {}, thời điểm của dòng trước",
    "was recorded before with other content": "đã được ghi trước đó với nội dung khác",
    "{} was received before": "{} đã được tiếp nhận trước đó",
    "{} was not received": "{} chưa được tiếp nhận",
    # a desk
    "no case {}": "không có hồ sơ {}",
    "case {}: decided on version {}, stored version is unknown":
        "hồ sơ {}: quyết định trên phiên bản {}, chưa rõ phiên bản đang lưu",
    "case {}: decided on version {}, stored version is {}":
        "hồ sơ {}: quyết định trên phiên bản {}, phiên bản đang lưu là {}",
    "command {}: recorded before, case {} version {}":
        "lệnh {}: đã được ghi, hồ sơ {} phiên bản {}",
    "calendar {}: named by a deadline ({} in all), but the desk knows only {}":
        "lịch {}: còn {} hạn nêu, nhưng chỉ biết {}",
    "calendar {}: named by {} ({} in all), but the desk knows only {}":
        "lịch {}: hồ sơ {} còn nêu (tổng cộng {} hạn), nhưng chỉ biết {}",
    # hours, notices and days in files
    "opens outside its day: {}": "mở ngoài ngày của buổi: {}",
    "{} is empty or longer than a day": "{} rỗng hoặc dài hơn một ngày",
    "{} opens at 24:00": "{} mở lúc 24:00",
    "{} is not a session": "{} không phải buổi làm việc",
    "{} is no list": "{} không phải danh sách",
    "sessions overlap across midnight: {} on {} runs into {} on {}":
        "các buổi chồng nhau qua nửa đêm: {} ngày {} lấn vào {} ngày {}",
    "sessions overlap: {} and {}": "các buổi chồng nhau: {} và {}",
    "{} is not a weekday": "{} không phải thứ trong tuần",
    "{} is not a day of the year": "{} không phải ngày trong năm",
    "{} is not a date": "{} không phải ngày",
    "{} is not a text": "{} không phải văn bản",
    "{} is not a timedelta": "{} không phải khoảng thời gian",
    "{} is not a first and a last day": "{} không phải ngày đầu và ngày cuối",
    "{} is swapped with itself": "{} hoán đổi với chính nó",
    "{} is not a known zone": "không có múi giờ {}",
    "ends on {}, before it begins on {}": "kết thúc ngày {}, trước khi bắt đầu ngày {}",
    "two sets of hours, number {} and {}, for {}: {} and {}":
        "hai bộ giờ, thứ {} và {}, cho {}: {} và {}",
    "{}: {} lies outside the days covered, {} to {}":
        "{}: {} nằm ngoài khoảng lịch có, {} đến {}",
    "{} lies outside the days covered, {} to {}": "{} nằm ngoài khoảng lịch có, {} đến {}",
    "{} is more than two years after {}, when it was issued":
        "{} cách ngày ban hành {} hơn hai năm",
    "{} says {} in figures and {} in words": "{} viết {} bằng số mà {} bằng chữ",
    "has no place beside {}": "không đi cùng {}",
    "give either hours or [[schedule]] tables": "nêu hours, hoặc các bảng [[schedule]]",
    "two overrides for {}": "hai ngày riêng cho {}",
    "{} has hours of its own, but none are given": "{} có giờ riêng nhưng chưa nêu giờ nào",
    "{} is off, yet has sessions": "{} là ngày nghỉ mà lại có buổi làm việc",
    "{} names one date twice": "{} nêu một ngày hai lần",
    "{}: {} is swapped with {}, but not the other way round":
        "{}: {} hoán đổi với {}, nhưng không có chiều ngược lại",
    "{} and {}, both issued {}, disagree about {}":
        "{} và {}, cùng ban hành {}, nói khác nhau về {}",
    "the calendar never opens": "lịch không có giờ làm việc nào",
    "{}: the calendar never opens": "{}: lịch không có giờ làm việc nào",
    "{}: nothing is left of the {}: it never opens": "{}: {}: không còn giờ làm việc nào",
    "nothing is left of the {}: it never opens": "{}: không còn giờ làm việc nào",
    "calendar {} has no working time left after {}": "lịch {} không còn giờ làm việc nào sau {}",
    "calendar {} has no working time left before {}":
        "lịch {} không có giờ làm việc nào trước {}",
    "no hours for {} of {}": "chưa có giờ làm việc cho {} của {}",
    "no hours for {}": "chưa có giờ làm việc cho {}",
    "is not TOML: {} (at line {}, column {})": "sai cú pháp TOML: {} (dòng {}, cột {})",
    "is not TOML: {} (at end of document)": "sai cú pháp TOML: {} (cuối tệp)",
    "is not TOML: {}": "sai cú pháp TOML: {}",
    "{}: no such key": "{}: không có khóa này",
    "{} is not a table": "{} không phải bảng",
    "{} is not a list": "{} không phải danh sách",
    "{} is not a whole number": "{} không phải số nguyên",
    "{} is not a boolean": "{} không phải true hay false",
    "{} is not a date and time": "{} không phải ngày giờ",
    "{} is before the first notice that is known here, of {}":
        "{} trước văn bản đầu tiên được biết ở đây, ngày {}",
    # days outside a calendar
    "calendar {}: {}: {}": "lịch {}: {}: {}",
    "no days are known there": "không biết ngày nghỉ ở đó",
    "due beyond the last official notice": "hạn ở sau ngày cuối của lịch chính thức",
    "the term ends beyond": "thời hạn kết thúc sau đó",
    "not settled: {}": "chưa chốt: {}",
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
    "schema {}, needed {}": "lược đồ {}, cần {}",
    "case {}, version {}": "hồ sơ {}, bản {}",
    "unknown event type {}: written by a newer phananh, or damaged":
        "không có loại việc {}: do phananh mới hơn ghi, hoặc bị hỏng",
    "format {}, this version reads {}; upgrade phananh":
        "định dạng {}, bản này đọc {}; hãy nâng cấp phananh",
    "no such event": "thiếu việc này",
}  # fmt: skip
_WAYS_OUT: dict[str, str] = {
    "covered: {} to {}": "lịch có từ {} đến {}",
    "one of {}": "chọn một trong: {}",
    "use one of {}": "chọn một trong: {}",
    "known: {}": "có: {}",
    "use {} or mon-fri": "viết {} hoặc mon-fri",
    "use {}": "dùng {}",
    "did you mean {}?": "có phải là {}?",
    "such as {}": "ví dụ {}",
    "check each letter of the id or tracking code":
        "kiểm tra từng ký tự của mã hồ sơ hoặc mã tra cứu",
    "look at the fresh case and decide again": "xem hồ sơ mới nhất rồi quyết định lại",
    "give it to the desk, as it was, in `former`": "đưa lịch đó, như khi ấy, vào `former`",
    "keep one": "chỉ giữ một",
    "save as UTF-8": "lưu dạng UTF-8",
    "send the text as UTF-8": "gửi văn bản dạng UTF-8",
    "one JSON object a line": "mỗi dòng một đối tượng JSON",
    "leave the key out": "bỏ khóa này đi",
    "remove it": "bỏ ký tự đó đi",
    "give one line only": "chỉ viết một dòng",
    "give a short one": "nêu ngắn thôi",
    "shorten it, and attach the rest as a document":
        "rút ngắn lại, phần còn lại gửi kèm dạng văn bản",
    "give the id": "nêu mã",
    "give the short id": "nêu mã ngắn",
    "give the id without them": "nêu mã không có các ký tự đó",
    "type the id in Latin letters; look-alikes hide who is meant":
        "gõ mã bằng chữ La-tinh; chữ trông giống làm không rõ là ai",
    "give a string": "viết dạng chuỗi",
    "give a list": "viết dạng danh sách",
    "a whole number 1 to 5": "số nguyên từ 1 đến 5",
    "give content, sender, kind, accused or about_unit":
        "nêu content, sender, kind, accused hoặc about_unit",
    "give every act an id of its own": "mỗi việc một mã riêng",
    "give every act a key of its own": "mỗi việc một khóa riêng",
    "put it back as it was, rename the log, or give the line a key of its own":
        "trả dòng về như cũ, đổi tên nhật ký, hoặc cho dòng một khóa riêng",
    "put the lines in time order": "xếp các dòng theo thứ tự thời gian",
    "put its receive line first": "đặt dòng tiếp nhận của nó lên trước",
    "set the clock right, or give the true time": "chỉnh đồng hồ, hoặc nêu thời điểm đúng",
    "1900 to 2199": "từ 1900 đến 2199",
    "add one: {}, or {}": "thêm múi giờ: {}, hoặc trong Python {}",
    "a whole day is 00:00-24:00": "cả ngày là 00:00-24:00",
    "write {}, or {} for a night; 24:00 is allowed only as a closing, and {}":
        "viết {}, hoặc {} cho ca đêm; 24:00 chỉ dùng làm giờ đóng, và {}",
    "leave out {} or {}": "bỏ {} hoặc {}",
    "write the one that is meant": "chỉ viết số đúng",
    "write it with one, such as {}": "viết kèm múi giờ, ví dụ {}",
    "write {}": "viết {}",
    "give them different weekdays, seasons or dates":
        "cho chúng khác thứ, khác mùa hoặc khác ngày",
    "for a closed day use {}": "ngày nghỉ thì dùng {}",
    "list both days": "nêu cả hai ngày",
    "name the other day": "nêu ngày kia",
    "give the day once": "chỉ nêu ngày đó một lần",
    "give it a name": "đặt tên cho nó",
    "check the year": "xem lại năm",
    "check both years": "xem lại cả hai năm",
    "leave out the one that does not hold": "bỏ văn bản không còn hiệu lực",
    "add them to the mapping, which has {}": "thêm giờ cho họ; hiện có giờ của {}",
    "ask for a later day": "hỏi một ngày muộn hơn",
    "give its number, {}": "nêu số văn bản, {}",
    "use hours that hold after that day": "dùng giờ làm việc có hiệu lực sau ngày đó",
    "use hours that hold before that day": "dùng giờ làm việc có hiệu lực trước ngày đó",
    "give a list, even of one": "viết dạng danh sách, kể cả khi chỉ có một",
    "give the text of the file, not its path": "đưa nội dung tệp, không phải đường dẫn",
    "give the calendar at least one session that recurs":
        "cho lịch ít nhất một buổi làm việc lặp lại",
}  # fmt: skip


def told(problem: str, way_out: str, lang: str) -> str:
    """Return what is wrong and the way out, in `vi` or `en`; English where there is no other."""
    if lang == "vi":
        problem = _put(problem, _patterns(ways_out=False))
        way_out = _put(way_out, _patterns(ways_out=True))
    return f"{problem}; {way_out}" if way_out else problem


def _put(english: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, sentence in patterns:
        found = pattern.fullmatch(english)
        if found:
            return sentence.format(*map(_as_written, found.groups()))
    return english


# What the reader of TOML says most, by its own English.
_TOML: dict[str, str] = {
    "Expected newline or end of document after a statement": "sau giá trị phải xuống dòng",
    "Expected '=' after a key in a key/value pair": "sau khóa phải có dấu =",
    "Expected ']' at the end of a table declaration": "tên bảng phải kết thúc bằng ]",
    "Expected ']]' at the end of an array declaration": "tên mảng bảng phải kết thúc bằng ]]",
    "Invalid statement": "dòng không hợp lệ",
    "Invalid value": "giá trị không hợp lệ",
    "Invalid initial character for a key part": "tên khóa không hợp lệ",
    "Invalid date or datetime": "không có ngày giờ này",
    "Unterminated string": "chuỗi không có dấu ngoặc kép đóng",
    "Unclosed array": "danh sách không có dấu ] đóng",
    "Cannot overwrite a value": "khóa có hai lần",
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _as_written(fact: str) -> str:
    """Return a date as Vietnamese write it, what a reader of TOML says; else the fact itself."""
    if fact in _TOML:
        return _TOML[fact]
    found = _ISO.fullmatch(fact)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else fact


@cache
def _patterns(*, ways_out: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences as patterns, the longest first: it says most."""
    table = _WAYS_OUT if ways_out else _PROBLEMS
    ordered = sorted(table, key=lambda english: -len(english.replace("{}", "")))
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL), table[english])
        for english in ordered
    )
