"""What the command line says, in Vietnamese, by its English sentence (as gettext does)."""

from phananh.cli.catalogue.cases import CASES
from phananh.cli.catalogue.notices import NOTICES
from phananh.cli.catalogue.pictures import PICTURES
from phananh.cli.catalogue.recalculate import RECALCULATE
from phananh.cli.output.escaping import escape_control

# fmt: off
VI: dict[str, str] = {
    # help
    "Usage: ": "Cách dùng: ",
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Show this message and exit.": "Hiện hướng dẫn này.",
    "Print the version.": "In phiên bản.",
    "Deadlines and cases of the hotline regulation, Decision 2370/QĐ-UBND (Hòa Bình, 2019).":
        "Thời hạn và hồ sơ theo Quy chế Tổng đài hành chính công, Quyết định 2370/QĐ-UBND "
        "(Hòa Bình, 2019).",
    "Exit codes: 0 all done; 2 bad input, wrong usage, or the database failed; 3 some rows or "
    "acts were not done; 70 a fault of the program itself; 130 interrupted.":
        "Mã thoát: 0 xong; 2 dữ liệu sai, dùng sai hoặc lỗi cơ sở dữ liệu; 3 có dòng hoặc việc "
        "không làm được; 70 lỗi của chính chương trình; 130 bị ngắt.",
    "Language; Vietnamese when the locale is.": "Ngôn ngữ; mặc định theo locale.",
    "Print JSON, one object a line.": "In JSON, mỗi dòng một đối tượng.",
    "What keeps the cases: a file, sqlite:///PATH or memory:; else PHANANH_DB.":
        "Nơi lưu hồ sơ: tệp, sqlite:///ĐƯỜNG-DẪN hoặc memory:; nếu không thì PHANANH_DB.",
    "Office hours: one of `phananh hours`, or a calendar in a TOML file (default A).":
        "Giờ làm việc: một bộ của `phananh hours`, hoặc lịch trong tệp TOML (mặc định A).",
    "The office timetables of the package: whose, when, by which document; or one of them, "
    "which --toml prints as a file to start from.":
        "Các bộ giờ làm việc có sẵn: của ai, khi nào, theo văn bản nào; hoặc một bộ, in ra dạng "
        "tệp để sửa bằng --toml.",
    "Print the calendar as TOML.": "In lịch dạng TOML.",
    "no hours {name}; there are {names}": "không có bộ giờ {name}; có {names}",
    "{path} is a file; look at its hours by phananh calendar 2026 --hours {path}":
        "{path} là tệp; xem giờ của tệp bằng phananh calendar 2026 --hours {path}",
    "no hours; write one of {names}, or leave the column out":
        "chưa ghi bộ giờ; ghi một trong {names}, hoặc bỏ cột này",
    "Name": "Tên",
    "Whose": "Của",
    "Hours": "Giờ làm việc",
    "Valid": "Hiệu lực",
    "from {day}": "từ {day}",
    "; part of {into} since {day}": "; nhập vào {into} từ {day}",
    "hours {name} ({place}) are known from {day} only; this begins before":
        "giờ làm việc {name} ({place}) chỉ biết từ {day}; câu hỏi bắt đầu trước đó",
    "{place} is part of {into} since {day}; whether hours {name} still hold is not known":
        "{place} nhập vào {into} từ {day}; không rõ giờ làm việc {name} còn áp dụng",
    "{first} to {last}": "{first} đến {last}",
    "confirmed": "đã công bố",
    "assumed": "giả định",
    "As of this moment instead of now.": "Tính tại thời điểm này thay vì bây giờ.",
    "Also write the picture to an SVG file.": "Ghi thêm hình vào tệp SVG.",
    "When a budget of working time is used up. START is like 2026-03-04T09:00 (Vietnamese time) "
    "or with an offset; BUDGET is like 5h, 8h30m, 45m or 90s, or a term in days, which may start "
    "on a date: 5wd (working days), 10d, 2w, 3mo or 1y. --batch reads CSV rows "
    "start,budget_seconds, and hours where wanted, and writes them with their due times.":
        "Tính thời điểm hết hạn. START viết như 2026-03-04T09:00 (giờ Việt Nam) hoặc "
        "kèm múi giờ; BUDGET viết như 5h, 8h30m, 45m hoặc 90s, hoặc thời hạn tính bằng ngày, có "
        "thể kể từ một ngày: 5wd (ngày làm việc), 10d, 2w, 3mo hoặc 1y. --batch đọc các dòng CSV "
        "start,budget_seconds, và hours nếu cần, rồi ghi lại kèm thời hạn.",
    "Say why, session by session.": "Giải thích theo từng buổi.",
    "When the last day of a term in days ends: at 24:00 (default), or at closing.":
        "Ngày cuối của thời hạn tính bằng ngày kết thúc lúc 24 giờ (mặc định) hay khi hết giờ làm "
        "việc.",
    "--ends is for terms in days, such as 5wd.":
        "--ends chỉ dùng cho thời hạn tính bằng ngày, ví dụ 5wd.",
    "{text}: a term is at least 1": "{text}: thời hạn ít nhất là 1",
    "Rows start,budget_seconds from FILE or standard input.":
        "Các dòng start,budget_seconds từ FILE hoặc đầu vào chuẩn.",
    "How much working time lies between A and B, negative when B is earlier.":
        "Thời gian làm việc từ A đến B, âm khi B sớm hơn.",
    "A year as it is worked: open, off, worked Saturdays, and where each day comes from.":
        "Lịch làm việc của một năm: ngày làm, ngày nghỉ, thứ Bảy làm bù, và căn cứ của từng ngày.",
    "Do the acts of a log (JSON Lines), and say what became of each. "
    "On the same --db it can be run again without doing anything twice.":
        "Thực hiện nhật ký việc (JSON Lines) và cho biết kết quả từng việc. "
        "Chạy lại trên cùng --db không làm việc nào hai lần.",
    "Stop at the first line that is not recorded.": "Dừng ở dòng đầu tiên không được ghi.",
    "A case by its id or tracking code: where it stands, its deadline with the reasons, "
    "its history. Nothing personal is shown without --personal.":
        "Một hồ sơ theo mã hồ sơ hoặc mã tra cứu: đang ở đâu, thời hạn và căn cứ, lịch sử. "
        "Không hiện thông tin cá nhân nếu không có --personal.",
    "Show content, sender and texts too.": "Hiện cả nội dung, người gửi và các văn bản.",
    "Cases, one a line, oldest first.": "Danh sách hồ sơ, mỗi dòng một hồ sơ, xếp từ cũ đến mới.",
    "In this state; may be given several times.": "Ở trạng thái này; dùng được nhiều lần.",
    "While it lies with this role.": "Đang ở vai trò này.",
    "While it lies with this person.": "Đang ở người này.",
    "While it lies with this unit.": "Đang ở đơn vị này.",
    "Of this kind.": "Thuộc loại này.",
    "A limit of it has run out, ever; or none.": "Đã từng quá hạn; hoặc chưa.",
    "Not answered yet; or answered.": "Chưa trả lời; hoặc đã xong.",
    "With a running limit that ends before TIME.": "Hạn đang chạy kết thúc trước TIME.",
    "Mark every case whose limit has run out; again is nothing.":
        "Đánh dấu mọi hồ sơ đã hết hạn; làm lại không thêm gì.",
    "Every step of a case, who may take it, and its clause.":
        "Mọi bước của hồ sơ, ai được làm, theo điều khoản nào.",
    "A table, or text for Mermaid or Graphviz.": "Bảng, hoặc mã Mermaid hay Graphviz.",
    "The clauses of the Regulation, with the ids that messages cite; or one of them, or those of "
    "an article.":
        "Các điều khoản của Quy chế với mã dùng trong thông báo; hoặc một điều khoản, hoặc các "
        "khoản của một điều.",
    "How we read what the text leaves open, R1 to R40.":
        "Cách hiểu những chỗ Quy chế để ngỏ, R1 đến R40.",
    "no reading {id}; they are R1 to R40": "không có cách hiểu {id}; có R1 đến R40",
    "A day at the hotline on a fixed clock: what is taken, refused, passed on, put off, late. "
    "Nothing is kept unless --db is given.":
        "Một ngày ở Tổng đài với đồng hồ cố định: tiếp nhận, không tiếp nhận, chuyển, hẹn lại, "
        "trễ hạn. Không lưu gì nếu không có --db.",
    # tables
    "Id": "Mã", "Clause": "Điều khoản", "What it says": "Nội dung",
    "Where the text is silent": "Chỗ để ngỏ", "What we read": "Cách hiểu", "Option": "Tùy chọn",
    "Clauses": "Điều khoản", "Date": "Ngày", "Day": "Thứ", "Sessions": "Buổi làm việc",
    "Why": "Lý do", "Source": "Căn cứ", "Status": "Tình trạng", "official": "chính thức",
    "expected": "dự kiến", "Case": "Hồ sơ", "State": "Trạng thái", "Holder": "Đang ở",
    "Unit": "Đơn vị", "Kind": "Loại", "Channel": "Kênh", "Received": "Tiếp nhận",
    "Due": "Hạn", "Late": "Trễ hạn", "Cautions": "Lưu ý", "Unmet": "Chưa đáp ứng",
    "Sender": "Người gửi",
    "Content": "Nội dung", "Code": "Mã tra cứu", "Time": "Lúc", "Act": "Việc", "By": "Người làm",
    "Details": "Chi tiết", "From": "Từ", "While it lies with": "Khi đang ở", "To": "Đến",
    "stays": "giữ nguyên", "anybody": "bất kỳ", "no": "không", "late": "trễ hạn",
    "rows": "dòng", "cases": "hồ sơ", "hours": "giờ làm việc",
    "{n} working days of {all}": "{n} ngày làm việc trên {all} ngày",
    "* off   + worked in place of another day   h hours of its own   ? may change":
        "* nghỉ   + làm bù   h giờ riêng   ? có thể thay đổi",
    "no hours are set": "chưa nêu giờ làm việc",
    "; proposed: {why}": "; đề xuất: {why}",
    "kind": "loại", "channel": "kênh", "accused": "người bị phản ánh", "about_unit": "về đơn vị",
    "content": "nội dung", "sender": "người gửi", "code": "mã tra cứu", "reasons": "lý do",
    "guidance": "hướng dẫn", "text": "nội dung", "documents": "văn bản", "deadline": "hạn",
    "agency": "cơ quan", "focal": "đầu mối", "appointment": "hẹn trả lời", "to": "hẹn đến",
    "old": "hạn cũ", "due": "hạn", "reason": "lý do", "unit": "đơn vị", "score": "điểm",
    "erased ({n} characters)": "đã xóa ({n} ký tự)",
    "sweeping": "đang rà soát", "lines": "dòng",
    "{n} lines": "{n} dòng",
    "marked late: {n}": "đánh dấu trễ hạn: {n}",
    "{limit} ({clause}), due {due}": "{limit} ({clause}), hạn {due}",
    "no limit": "không có hạn",
    "late, and it stays late": "trễ hạn, và vẫn là trễ hạn",
    # what goes wrong
    "{problem} See: {path} --help": "{problem} Xem: {path} --help",
    "no command {name}; close: {close}": "không có lệnh {name}; gần giống: {close}",
    "cannot read or write: {problem}": "không đọc hoặc ghi được: {problem}",
    "a fault of the program: {problem}": "lỗi của chương trình: {problem}",
    "no clause {id}; close: {close}": "không có điều khoản {id}; gần giống: {close}",
    "{path}: the first line must be start,budget_seconds or start,budget_seconds,hours "
    "({problem})":
        "{path}: dòng đầu phải là start,budget_seconds hoặc start,budget_seconds,hours "
        "({problem})",
    "{path}, line {line}: longer than any row": "{path}, dòng {line}: quá dài",
    "{path}, line {line}: {problem}": "{path}, dòng {line}: {problem}",
    "{path}, line {line}: a quote is never closed":
        "{path}, dòng {line}: dấu ngoặc kép không được đóng",
    "{n} cells, but {needed} are needed": "có {n} ô, cần {needed} ô",
    "provisional rows: {n}; notices yet to come may move them":
        "dòng tạm tính: {n}; thông báo nghỉ lễ sau này có thể làm thay đổi",
    "no database at {path}; a replay with --db makes one":
        "không có cơ sở dữ liệu ở {path}; lệnh replay với --db tạo ra nó",
    "no database is named; give --db PATH or set PHANANH_DB":
        "chưa nêu cơ sở dữ liệu; dùng --db ĐƯỜNG-DẪN hoặc đặt PHANANH_DB",
    "START and BUDGET are needed, such as 2026-03-04T09:00 5h.":
        "cần START và BUDGET, ví dụ 2026-03-04T09:00 5h.",
    "provisional: a notice yet to come may move this day":
        "tạm tính: thông báo nghỉ lễ sau này có thể làm thay đổi ngày này",
    "the database failed: {problem}": "lỗi cơ sở dữ liệu: {problem}",
    "the database failed: {problem}; nothing is half recorded, and the log can be "
    "run again on it":
        "lỗi cơ sở dữ liệu: {problem}; không có việc nào ghi dở dang, có thể chạy lại nhật ký",
    "not listed: {problem}": "chưa liệt kê được: {problem}",
    "not swept: {problem}": "chưa rà soát được: {problem}",
    "{text} is not a time; write it like 09:00 04/03/2026 or 2026-03-04T09:00 (Vietnamese "
    "time), or 2026-03-04T09:00:00+07:00":
        "{text} không phải thời điểm; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00 (giờ Việt "
        "Nam), hoặc 2026-03-04T09:00:00+07:00",
    "{text}: a budget is not negative; write 5h, 8h30m, 45m or 90s":
        "{text}: số giờ không được âm; viết 5h, 8h30m, 45m hoặc 90s",
    "{text} is not a budget; write hours, minutes, seconds in that order: 5h, 8h30m, 45m, 90s; "
    "or days: 5wd, 10d, 2w, 3mo, 1y":
        "{text} không phải số giờ; viết giờ, phút, giây theo thứ tự: 5h, 8h30m, 45m, 90s; "
        "hoặc ngày: 5wd, 10d, 2w, 3mo, 1y",
    "{text} is not a number of whole seconds, 0 or more":
        "{text} không phải số giây nguyên từ 0 trở lên",
    "{text}: there is no such date, hour or offset": "{text}: không có ngày, giờ hoặc múi giờ này",
    "no such option {name}.": "không có tùy chọn {name}.",
    "{name} is missing.": "thiếu {name}.",
    "{name}: not a possible value; one of {known}.":
        "{name}: giá trị không hợp lệ; chọn một trong: {known}.",
    "{name} needs a value.": "{name} cần một giá trị.",
    "{name} takes no value.": "{name} không nhận giá trị.",
    "too much was given: {words}.": "thừa: {words}.",
    "{name}: not a possible value. {problem}": "{name}: giá trị không hợp lệ. {problem}",
    "{text} seconds is more time than there is": "{text} giây là quá dài",
    "cannot read {path}: {problem}": "không đọc được {path}: {problem}",
    "No such file or directory": "không có tệp hoặc thư mục này",
    "Permission denied": "không có quyền",
    "Is a directory": "đây là thư mục",
    "No space left on device": "đĩa đã đầy",
    "Not a directory": "đường dẫn đi qua một tệp",
    "closed": "đã đóng",
    "cannot write {path}: {problem}": "không ghi được {path}: {problem}",
    "{path}, line {line}, byte {byte} (0x{value}): not UTF-8; save the file as UTF-8":
        "{path}, dòng {line}, byte {byte} (0x{value}): không phải UTF-8; lưu tệp dạng UTF-8",
    "hours {path}: neither a preset ({presets}) nor a file":
        "giờ làm việc {path}: không phải bộ có sẵn ({presets}) cũng không phải tệp",
}
# fmt: on
VI |= CASES
VI |= NOTICES
VI |= PICTURES
VI |= RECALCULATE


def say(english: str, lang: str, **facts: object) -> str:
    """Return a sentence in `vi` or `en`, its facts put in and made visible."""
    text = VI.get(english, english) if lang == "vi" else english
    if not facts:
        return text
    return text.format(**{name: escape_control(str(fact)) for name, fact in facts.items()})
