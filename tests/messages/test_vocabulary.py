"""No Vietnamese sentence has a word that the Regulation does not use."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from phananh.articles import CLAUSES
from phananh.messages.catalogue import MESSAGES
from phananh.messages.texts import EXPLANATION
from tests.house import HOUSE, SOURCES, tree

# Words that no Vietnamese sentence has, and those that it has instead, as the Regulation does.
FORBIDDEN = {
    "hồ sơ": "phản ánh, kiến nghị, and PAKN before an id",
    "thụ lý": "xử lý",
    "người dân": "tổ chức, cá nhân",
    "đã đóng": "đã kết thúc",
    "đóng phản ánh": "kết thúc",
    "từ chối": "không tiếp nhận, không được thực hiện",
    "yêu cầu xác minh": "chuyển xác minh",
    "báo kết quả": "báo cáo kết quả xác minh",
    "thông báo đơn vị": "thông báo đến cơ quan, đơn vị",
    "đồng hồ": "thời hạn",
    "hạn đang chạy": "thời hạn đang tính",
    "đang ở": "đang do ... xử lý",
    "đang giữ": "đang xử lý",
    "người làm": "người thực hiện",
    "làm bước": "thực hiện bước",
    "công chức một cửa": "công chức, viên chức một cửa",
    "đơn vị dịch vụ bưu chính, tiện ích": "Bưu điện tỉnh, đơn vị cung cấp dịch vụ khác",
    "đã biết đến hết": "đã công bố đến hết",
    "kèm Quyết định": "kèm theo Quyết định số",
    "lỡ hẹn": "quá thời gian đã hẹn",
    "lỡ thời gian": "quá thời gian đã hẹn",
    "đang do ai": "người, đơn vị đang xử lý",
    "ghi trễ hạn": "đánh dấu trễ hạn",
    "bàn xử lý": "bộ phận xử lý",
    "tan sở": "hết giờ làm việc",
    "còn nêu": "vẫn nêu",
    "bước được phép": "các bước có thể thực hiện ở trạng thái này",
    "bạn": "the office, or nobody",
    "boolean": "true hoặc false",
    "quá hạn": "trễ hạn",
    "trễ từ": "trễ hạn (hết hạn lúc ...)",
    "bị trễ": "trễ hạn",
    "nguyên nhân": "lý do",
    "người gửi": "tổ chức, cá nhân gửi",
    "lịch hôm nay": "lịch hiện hành",
    "lịch hiện nay": "lịch hiện hành",
    "đã biết": "đã công bố, đã có",
    "biết từ": "công bố từ",
    "nó": "the thing by its name",
    "của riêng bạn": "(left out)",
}
# People of the story and of test data speak as people do.
SPOKEN = ("cli/commands/demo.py", "samples.py", "testing/")
# A sentence that has a word of the last table in another meaning, and why.
EXCEPTIONS = {
    CLAUSES["4.1"][0]: "the file of a procedure",
    EXPLANATION["change"][0]: "the clocks of a zone",
    MESSAGES["zoned_time"].vi: "the clock of an office",
    MESSAGES["bound_store_closed"].vi: "a store",
    MESSAGES["store_closed"].vi: "a store",
}
VIETNAMESE = re.compile(r"[à-ỹđ]")


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Return every Vietnamese text of the package, with the file in which it stands."""
    return tuple(
        (path.relative_to(HOUSE).as_posix(), unicodedata.normalize("NFC", text))
        for path in SOURCES
        if not path.relative_to(HOUSE).as_posix().startswith(SPOKEN)
        for text in texts(tree(path))
        if is_vietnamese(text)
    )


def texts(module: ast.Module) -> Iterator[str]:
    """Yield the strings of a file; an expression that is only a string is a docstring."""
    alone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def is_vietnamese(text: str) -> bool:
    """Return whether a text, which is no pattern, has a word in Vietnamese that is not a name."""
    words = [] if r"\b" in text else re.findall(r"\w+", text)
    return any(word[0].islower() and VIETNAMESE.search(word) for word in words)


def has(word: str, text: str) -> bool:
    """Return whether a word stands in a text; `...` is anything between two parts of it."""
    parts = (re.escape(part) for part in word.split("..."))
    return bool(re.search(rf"(?<!\w){'.*'.join(parts)}(?!\w)", text, re.IGNORECASE))


def test_no_sentence_has_a_word_that_is_not_used():
    """No Vietnamese sentence has a word of the last table, but for the exceptions."""
    found = [
        f"{path}: {word} ({better}): {text}"
        for path, text in sentences()
        for word, better in FORBIDDEN.items()
        if has(word, text) and text not in EXCEPTIONS
    ]
    assert found == []
