"""`phananh articles` and `phananh lifecycle`."""

REGULATION: dict[str, tuple[str, str]] = {
    "articles.help": (
        "Các điều khoản của Quy chế với mã mà các câu trả lời dẫn; hoặc một điều khoản, hoặc "
        "các khoản của một điều.",
        "The clauses of the Regulation, with the ids that messages cite. With ID only one of them, "
        "or those of an article.",
    ),
    "articles.readings": (
        "Cách hiểu những chỗ Quy chế để ngỏ, R1 đến R48.",
        "How we read what the text leaves open, R1 to R48.",
    ),
    "no_clause_near": (
        "không có điều khoản {id}; xem các điều khoản bằng phananh articles",
        "no clause {id}. See the clauses with phananh articles.",
    ),
    "no_such_clause": (
        "không có điều khoản {id}; gần giống: {close}", "no clause {id}. The nearest: {close}.",
    ),
    "no_such_reading": (
        "không có cách hiểu {id}; có R1 đến R48", "no reading {id}. Use R1 to R48.",
    ),
    "lifecycle.help": (
        "Mọi bước xử lý phản ánh, kiến nghị, ai được thực hiện, theo điều khoản nào.",
        "Every step of a case, who may take it, and its clause.",
    ),
    "lifecycle.format": (
        "Bảng, hoặc mã Mermaid hay Graphviz.", "A table, or text for Mermaid or Graphviz.",
    ),
    "format_or_json": (
        "--format dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
        "--format is for people and --json for programs. Give one of them.",
    ),
    "head.clauses": ("Điều khoản", "Clauses"),
    "head.default": ("Cách hiểu", "What we read"),
    "head.from": ("Từ", "From"),
    "head.gap": ("Chỗ để ngỏ", "Where the text is silent"),
    "head.option": ("Tùy chọn", "Option"),
    "head.to": ("Đến", "To"),
    "head.what": ("Nội dung", "What it says"),
    "head.with": ("Người, đơn vị đang xử lý", "While it is with"),
    "anybody": ("không phân biệt", "anybody"),
    "stays": ("giữ nguyên", "stays"),
}  # fmt: skip
