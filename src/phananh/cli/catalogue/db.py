"""`phananh db` and the commands below it."""

DB: dict[str, tuple[str, str]] = {
    "db.help": (
        "Quản trị cơ sở dữ liệu: nâng cấp, xem tình trạng, kiểm tra, sao chép, sao lưu.",
        "Look after the database: migrate, show its status, verify, copy, back up.",
    ),
    "db.migrate.help": (
        "Tạo hoặc nâng cấp các bảng, và nêu những bước đã làm. Hãy sao lưu trước. Chạy lại không "
        "sao, nhiều tiến trình cùng lúc cũng được.",
        "Make the tables or bring them up to date, and say which steps were done. Back up first. "
        "It is safe to repeat, and in several processes at once.",
    ),
    "db.phase": (
        "pre: chỉ các bước mà bản cũ vẫn chạy được; post: các bước còn lại, khi không còn bản cũ "
        "nào chạy; mặc định là tất cả.",
        "pre is only what old versions can run on. post is the rest, once no old version runs. "
        "The default is all.",
    ),
    "db.dry_run": ("Chỉ nêu các bước, không làm.", "Only name the steps."),
    "db.schema.help": (
        "In các lệnh SQL tạo bảng, để đưa vào tệp nâng cấp cơ sở dữ liệu của ứng dụng. Hệ quản "
        "trị cơ sở dữ liệu lấy theo --for hoặc --db.",
        "Print the SQL of the tables, for a migration of your application. The engine is that of "
        "--for or of --db.",
    ),
    "db.for": ("Hệ quản trị cơ sở dữ liệu cần in.", "The engine to print it for."),
    "db.for_or_db": (
        "--for và --db cùng nêu hệ quản trị cơ sở dữ liệu; chỉ dùng một trong hai.",
        "--for and --db both name an engine. Give one of them.",
    ),
    "db.since": (
        "Chỉ các bước sau lược đồ này.", "Only the steps after this schema.",
    ),
    "db.status.help": (
        "Phiên bản lược đồ, số PAKN, số bước đã ghi, vị trí của bước cuối, và mỗi chương trình "
        "nhận đã nhận đến bước nào. Mã thoát 3 nếu bản này không chạy được trên các bảng.",
        "The schema, how many cases and events there are, where the feed ends, and how far its "
        "consumers are. Exit code 3 if this version cannot run on the tables.",
    ),
    "db.verify.help": (
        "Đọc toàn bộ cơ sở dữ liệu: tính lại từng PAKN từ các bước đã ghi rồi so với danh sách, "
        "kiểm tra phần dữ liệu cá nhân, các lệnh và dãy các bước. Mã thoát 3 nếu còn hỏng.",
        "Read a whole database: compute every case again from its events, compare it with the "
        "lists, and check personal data, erasures, commands and the feed. Exit code 3 if damage is "
        "left.",
    ),
    "db.repair": (
        "Ghi lại các dòng của danh sách theo các bước đã ghi, và tạo lại chỉ mục bị thiếu của "
        "SQLite. Các bước đã ghi không bị thay đổi.",
        "Rewrite the rows of lists from the events, and rebuild SQLite indexes that have lost "
        "entries. No event is changed.",
    ),
    "db.index_rebuilt": ("đã tạo lại chỉ mục {name}", "index {name} rebuilt"),
    "db.copy.help": (
        "Chép toàn bộ từ TỪ sang ĐẾN, đường dẫn hoặc URL, rồi so sánh cả hai. ĐẾN phải trống, hoặc "
        "là bản sao dở dang của TỪ, khi đó việc chép được làm tiếp. Không ai được ghi vào TỪ trong "
        "khi chép.",
        "Copy everything from FROM to TO, paths or URLs, then compare the two. TO must be empty, "
        "or an interrupted copy of FROM, which is then continued. Stop all writers of FROM during "
        "the copy.",
    ),
    "db.copied_so_far": ("dòng đã chép", "rows copied"),
    "db.copied": ("đã chép: {counts}", "copied: {counts}"),
    "db.copied_nothing": ("không có gì để chép", "there was nothing to copy"),
    "db.count_case": ("PAKN: {n}", "cases: {n}"),
    "db.count_command": ("lệnh: {n}", "commands: {n}"),
    "db.count_consumer": ("chương trình nhận: {n}", "consumers: {n}"),
    "db.count_erasure": ("PAKN đã xóa dữ liệu cá nhân: {n}", "erased cases: {n}"),
    "db.count_event": ("bước đã ghi: {n}", "events: {n}"),
    "db.copy_onto_itself": (
        "TỪ và ĐẾN là cùng một cơ sở dữ liệu; hãy nêu cơ sở dữ liệu khác",
        "FROM and TO are the same database. Name another one.",
    ),
    "db.copy_to_memory": (
        "bản sao trong memory: sẽ mất khi lệnh kết thúc; hãy nêu tệp hoặc URL",
        "a copy in memory: is lost when the command ends. Name a file or a URL.",
    ),
    "db.copy_verified": (
        "hai bên giống nhau (mã đối chiếu {digest})", "both are the same (digest {digest})",
    ),
    "db.copy_compared": ("hai bên giống nhau", "both are the same"),
    "db.left_out": (
        "không chép được qua kho dữ liệu không dùng bảng SQL: {tables}; lệnh gửi lại sẽ được coi "
        "là mới, các chương trình nhận bắt đầu lại",
        "left out, as one of the stores has no SQL tables: {tables}. A command that is sent again "
        "counts as new, and consumers start again.",
    ),
    "db.backup.help": (
        "Sao lưu cơ sở dữ liệu SQLite vào một tệp mới, trong khi người khác vẫn đọc và ghi. Với "
        "hệ quản trị cơ sở dữ liệu khác thì nêu công cụ cần dùng.",
        "Copy an SQLite database into a new file while others read and write. For other engines, "
        "show which tool does it.",
    ),
    "db.step_done": ("đã làm: {step}", "done: {step}"),
    "db.step_left": ("cần làm: {step}", "to do: {step}"),
    "db.no_steps": ("không có bước nào cần làm", "no step is left"),
    "db.schema_is": ("lược đồ: {version}", "schema: {version}"),
    "db.schema_of": (
        "{engine}; lược đồ: {version}; bản này cần: {needed}",
        "{engine}, schema: {version}, this version needs: {needed}",
    ),
    "db.no_tables": ("chưa có bảng", "no tables"),
    "db.not_usable": (
        "bản này không chạy được trên các bảng; hãy nâng cấp phananh",
        "this version cannot run on the tables. Upgrade phananh.",
    ),
    "db.counts": (
        "PAKN: {cases}; bước đã ghi: {events}", "cases: {cases}, events: {events}",
    ),
    "db.size": ("dung lượng: {size} MB", "size: {size} MB"),
    "db.feed_end": ("vị trí của bước cuối: {position}", "the feed ends at: {position}"),
    "db.held_back": (
        "còn {n} bước chưa đến được các chương trình nhận, vì có giao dịch mở đã {seconds} giây; "
        "hãy kết thúc giao dịch đó",
        "the feed is {n} events behind, as a transaction has been open for {seconds} s. End it.",
    ),
    "db.not_in_tables": (
        "kho dữ liệu này không dùng bảng SQL; lệnh này cần tệp SQLite, PostgreSQL hoặc "
        "sqlalchemy+URL",
        "this store has no SQL tables. Give an SQLite file, PostgreSQL or sqlalchemy+URL.",
    ),
    "db.backing_up": ("đang sao lưu", "backing up"),
    "db.backed_up": ("đã sao lưu vào {path}", "backed up to {path}"),
    "db.backup_by_tool": (
        "{engine} sao lưu bằng công cụ riêng: {tools}",
        "{engine} has its own tools for that: {tools}",
    ),
    "db.migrate_after_restore": (
        "{backup}. Sau khi khôi phục vào cụm mới, hãy chạy `phananh db migrate`.",
        "{backup}. After a restore into a new cluster, run `phananh db migrate`.",
    ),
}  # fmt: skip
