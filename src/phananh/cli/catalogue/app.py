"""The help: its context, its first page, and the options of every command."""

APP: dict[str, tuple[str, str]] = {
    "app.help": (
        "Thời hạn và phản ánh, kiến nghị theo Quy chế Tổng đài hành chính công, Quyết định số "
        "2370/QĐ-UBND (Hòa Bình, 2019).",
        "Deadlines and cases of the hotline regulation, Decision 2370/QĐ-UBND (Hòa Bình, 2019).",
    ),
    "app.exit_codes": (
        "Mã thoát: 0 xong; 2 dữ liệu sai, dùng sai hoặc lỗi cơ sở dữ liệu; 3 có dòng hoặc bước "
        "không thực hiện được; 70 lỗi của chính chương trình; 130 bị ngắt.",
        "Exit codes: 0 all done, 2 bad input, wrong usage or a failed database, 3 some rows or "
        "acts were not done, 70 a fault of the program itself, 130 interrupted.",
    ),
    "app.usage": ("Cách dùng: ", "Usage: "),
    "app.options": ("Tùy chọn", "Options"),
    "app.commands": ("Lệnh", "Commands"),
    "app.show_help": ("Hiện hướng dẫn này.", "Show this message and exit."),
    "not_installed": ("(chưa cài đặt)", "(not installed)"),
    "app.version": ("In phiên bản.", "Print the version."),
    "app.lang": (
        "Ngôn ngữ; mặc định theo ngôn ngữ của máy.",
        "Language. The default is Vietnamese if the locale is Vietnamese, else English.",
    ),
    "app.json": ("In JSON, mỗi dòng một đối tượng.", "Print JSON, one object a line."),
    "app.db": (
        "Nơi lưu phản ánh, kiến nghị: tệp, sqlite:///ĐƯỜNG-DẪN, postgresql://..., "
        "sqlalchemy+URL hoặc memory:; nếu không thì PHANANH_DB.",
        "Where the cases are: a file, sqlite:///PATH, postgresql://..., sqlalchemy+URL or "
        "memory: (default PHANANH_DB).",
    ),
    "app.at": (
        "Tính tại thời điểm này thay vì bây giờ.", "Compute as of this moment instead of now.",
    ),
}  # fmt: skip
