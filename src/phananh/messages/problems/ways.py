"""The way out of what is wrong, in Vietnamese, by the English of it."""

WAYS: dict[str, str] = {
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
    "write {}, or {} for a night; 24:00 is allowed only as a closing, and {} is a whole day":
        "viết {}, hoặc {} cho ca đêm; 24:00 chỉ dùng làm giờ đóng, và {} là cả ngày",
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
    "give its number, such as {}": "nêu số văn bản, ví dụ {}",
    "give its number, {}": "nêu số văn bản, {}",
    "use hours that hold after that day": "dùng giờ làm việc có hiệu lực sau ngày đó",
    "use hours that hold before that day": "dùng giờ làm việc có hiệu lực trước ngày đó",
    "give a list, even of one": "viết dạng danh sách, kể cả khi chỉ có một",
    "give the text of the file, not its path": "đưa nội dung tệp, không phải đường dẫn",
    "give the calendar at least one session that recurs":
        "cho lịch ít nhất một buổi làm việc lặp lại",
    # a desk and its acts
    "use {}, such as {}": "dùng {}, ví dụ {}",
    "leave it out": "bỏ đi",
    "leave them out": "bỏ đi",
    "name the case": "nêu hồ sơ",
    "give a Case, an id or a tracking code": "đưa hồ sơ (Case), mã hồ sơ hoặc mã tra cứu",
    "ask while one runs; what was told stands in `case.deadlines`":
        "hỏi khi còn hạn đang chạy; hạn đã báo nằm trong `case.deadlines`",
    "keep or apply": "keep hoặc apply",
    "give a sequence of Accused": "đưa danh sách Accused",
    "give the calendar {} of that version": "đưa lịch {} đúng phiên bản đó",
    "give a WorkCalendar, a mapping of roles, or a function of role and unit":
        "đưa WorkCalendar, ánh xạ theo vai trò, hoặc hàm của vai trò và đơn vị",
    "give a WorkCalendar for each": "đưa WorkCalendar cho từng mục",
    "name it once": "chỉ nêu một lần",
    "a role, or a pair of role and unit; roles are {}":
        "nêu vai trò, hoặc cặp vai trò và đơn vị; các vai trò là {}",
    "give {}": "đưa {}",
    "use timedelta": "dùng timedelta",
    "give working time above zero": "nêu thời gian làm việc lớn hơn 0",
    "give a datetime.date": "đưa datetime.date",
    "a whole number, 0 or more": "số nguyên, từ 0 trở lên",
    "give a longer one": "nêu dài hơn",
    "give a set": "đưa tập hợp (set)",
    "any of {}": "bất kỳ trong: {}",
    "give a later day, or none": "nêu ngày muộn hơn, hoặc bỏ trống",
    "make the rows say one thing only": "mỗi dòng chỉ được nói một điều",
    "give an aware datetime.datetime": "đưa datetime.datetime có múi giờ",
    'give a store, such as open_store("cases.db")':
        'đưa kho hồ sơ, ví dụ open_store("cases.db")',
    "give a list of WorkCalendar": "đưa danh sách WorkCalendar",
    "give a function that returns an aware datetime, such as lambda: moment":
        "đưa hàm trả về datetime có múi giờ, ví dụ lambda: moment",
    "give one of phananh.regulation.values.acts, such as Answer(text=..., by=...)":
        "đưa một việc trong phananh.regulation.values.acts, ví dụ Answer(text=..., by=...)",
    # a database
    "one of memory:, sqlite:///path, or a plain path":
        "chọn một trong: memory:, sqlite:///path, hoặc đường dẫn thường",
    'connect with isolation_level=None and execute "begin immediate" first':
        'kết nối với isolation_level=None và trước hết chạy "begin immediate"',
    "give the sqlite3.Connection itself": "đưa chính sqlite3.Connection",
    "give each act an id of its own, and repeat an act unchanged":
        "mỗi việc một mã riêng, và lặp lại việc thì giữ nguyên nội dung",
    "see regulation.events": "xem regulation.events",
    "1 or more": "từ 1 trở lên",
    "0 seconds or more": "từ 0 giây trở lên",
    "give `next` of the page before": "đưa `next` của trang trước",
    "give `position` of an entry that scan returned":
        "đưa `position` của mục mà scan đã trả về",
    "a text, or a Path": "văn bản (str) hoặc Path",
    "a path, or MemoryStore()": "đường dẫn, hoặc MemoryStore()",
    'a path; for memory, MemoryStore() or open_store("memory:")':
        'đường dẫn; trong bộ nhớ thì MemoryStore() hoặc open_store("memory:")',
    "name a new file": "nêu tệp mới",
    "give a list of states": "đưa danh sách trạng thái",
    "give events expected + 1, expected + 2, ... and the row of the last":
        "đưa các sự kiện expected + 1, expected + 2, ... và dòng của sự kiện cuối",
    # hours and days
    "give Span(start, end)": "đưa Span(start, end)",
    "give two or more": "nêu từ hai phần trở lên",
    "put a Timetable among them": "thêm một Timetable vào đó",
    "give a Timetable, a WorkCalendar, a Span or a list of Spans":
        "đưa Timetable, WorkCalendar, Span hoặc danh sách Span",
    "give timetables, notices and overrides to the calendars before joining them":
        "đưa bộ giờ, văn bản và ngày riêng vào từng lịch trước khi ghép",
    "give an aware datetime, such as {}": "đưa datetime có múi giờ, ví dụ {}",
    "say where its clock hangs: {}": "nêu đồng hồ ở đâu: {}",
    "use subtract": "dùng subtract",
    "use set()": "dùng set()",
    "give verify(data, calendar)": "gọi verify(data, calendar)",
    "give a calendar, such as {}": "đưa lịch, ví dụ {}",
    "give them a method as_of(day)": "cho chúng phương thức as_of(day)",
    "give a date, such as {}": "đưa ngày (date), ví dụ {}",
    "use its .date()": "dùng .date() của nó",
    "give VietnamDays(), or None": "đưa VietnamDays(), hoặc None",
    "write {}, twice or more": "viết {}, từ hai lần trở lên",
    "subtract them from a timetable": "trừ chúng khỏi một bộ giờ",
    "keep it in code": "để trong mã nguồn",
    "keep them in code": "để trong mã nguồn",
    # terms
    "count it on a calendar: term.due(start, on=calendar)":
        "tính trên lịch: term.due(start, on=calendar)",
    "give an aware datetime, or the date of the event":
        "đưa datetime có múi giờ, hoặc ngày (date) của sự kiện",
    'write "5 working days", "10 days", "2 weeks", "3 months", "1 year", or {}':
        'viết "5 ngày làm việc", "10 ngày", "2 tuần", "3 tháng", "1 năm", hoặc {}',
    "give {}, or {}": "đưa {}, hoặc {}",
    'hours = "A"': 'hours = "A"',
    "use 1 or more": "dùng số từ 1 trở lên",
    "use date, opening, or a datetime.time after which it is too late for the day":
        "dùng date, opening, hoặc datetime.time mà sau đó là quá muộn trong ngày",
    "leave out tzinfo": "bỏ tzinfo",
    "count and unit, and any of {}": "cần count và unit, và bất kỳ trong: {}",
    # iCalendar
    "add a VAVAILABILITY, or take the notices only":
        "thêm VAVAILABILITY, hoặc chỉ lấy các văn bản",
    "an all-day event has {}": "sự kiện cả ngày có {}",
    "give each day an event of its own": "mỗi ngày một sự kiện riêng",
    "give it once": "chỉ nêu một lần",
    "give one of them": "chỉ nêu một trong hai",
    "give the number of the document": "nêu số văn bản",
    "hours of a day are a timed event": "giờ trong ngày là sự kiện có giờ",
    "only a TENTATIVE one may do without": "chỉ sự kiện TENTATIVE mới được bỏ",
    "raise SEQUENCE in one": "tăng SEQUENCE ở một trong hai",
    "weekly hours have {}": "giờ theo tuần có {}",
    "use {} with {}": "dùng {} với {}",
    "write it like {}": "viết như {}",
    "write it in {}": "viết theo {}",
    "decode it as UTF-8": "giải mã theo UTF-8",
    "save it as UTF-8": "lưu dạng UTF-8",
    "export only the calendar of notices": "chỉ xuất lịch của các văn bản",
    "write it as TOML": "viết dạng TOML",
    "change it, or keep it in code": "sửa đi, hoặc để trong mã nguồn",
    "use {}, or write it as TOML": "dùng {}, hoặc viết dạng TOML",
    # arrays and columns
    "give a Series": "đưa Series",
    "give a Series, or one datetime": "đưa Series, hoặc một datetime",
    "give a Series, or one {}": "đưa Series, hoặc một {}",
    "give one for each, or one": "mỗi thời điểm một giá trị, hoặc một giá trị chung",
    "put them in one DataFrame, or use {}": "đặt chung trong một DataFrame, hoặc dùng {}",
    "use {} for wall-clock times, {} for times with an offset":
        "dùng {} cho giờ không kèm múi giờ, {} cho giờ có múi giờ",
    "use timedelta, or {}, with the unit that is meant": "dùng timedelta, hoặc {}, đúng đơn vị",
    "use {}, with the unit that is meant": "dùng {}, đúng đơn vị",
    "use timedelta, or an array of timedelta64 or int64 microseconds":
        "dùng timedelta, hoặc mảng timedelta64 hay int64 micro giây",
    "use {} or int64 microseconds": "dùng {} hoặc int64 micro giây",
    "use {}, or timedelta64": "dùng {}, hoặc timedelta64",
    "import phananh.pandas and use its accessor .worktime":
        "import phananh.pandas và dùng .worktime của nó",
    "round to microseconds first": "làm tròn đến micro giây trước",
    "give arrays of one length, or one value for all":
        "đưa các mảng cùng độ dài, hoặc một giá trị cho tất cả",
    "give an array of their keys": "đưa mảng khóa của chúng",
    "give a mapping from each key to its calendar": "đưa ánh xạ từ mỗi khóa đến lịch của nó",
}  # fmt: skip
