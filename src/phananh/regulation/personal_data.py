"""Personal data in a text as people write it: how to reach a person (6.c), and whom it shows (2.2).

A form says "ĐT: 0912 345 678 Zalo", and an answer says "ông Bí, số đuôi 5678". Both are read here.
A text is read as it looks: without HTML and Markdown, invisible marks, odd dashes and blanks, and
with Latin letters in place of the Cyrillic and Greek ones that look the same. Names are compared
with and without marks, as whole words. Numbers are compared by their digits, in pieces too.

Phone numbers are found by patterns, which know those of Vietnam and those that begin with a plus.
Where they find none the library phonenumbers is asked, if it is installed (the extra `phone`).
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from itertools import accumulate, chain, combinations, filterfalse, islice, product, takewhile
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from phananh.errors import InputError
from phananh.regulation.access import is_of_accused_unit
from phananh.regulation.cleaning import fold_marks, is_same_id, unify_spelling
from phananh.regulation.request import Person, Sender
from phananh.regulation.tracking_code import read_code

if TYPE_CHECKING:
    from phananh.regulation.case import Case as Case
else:
    Case = Any  # a case asks here whether its content may be shown

# What is invisible and stays in a name that was copied from a document: controls, soft hyphens,
# joiners, marks of direction, selectors.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufb50-\ufe0f\ufe70-\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
# Dashes, and letters of other alphabets that look like Latin ones.
_LOOK_ALIKE = str.maketrans(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
    "АВЕЗКМНОРСТУХЅІЈԚԜӀҮавезкмнорстухѕіјԛԝӏһԁү"
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεηικνορτυχγɑɡıÐðƉɖᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "-------"
    "ABE3KMHOPCTYXSIJQWIYabe3kmhopctyxsijqwlhdy"
    "ABEZHIKMNOPTYXabenikvoptuxyagiĐđĐđabcdefghijklmnoprstuvwyz",
)
# A reference to a letter has seven digits at most, behind any zeros. A longer one is plain text.
_leave_numbers = partial(re.compile("&#(?=0*[1-9][0-9]{7})|(?<=&#)0+(?=[0-9])").sub, "")
_MARKUP = re.compile(r"<[^<>]*>|\](?:\([^()]*\)|\[[^][]*\])")
# Between words that only a capital or _ parts, as in Don_TranVanBi.pdf. Marks stand apart.
_GLUED = re.compile(
    r"_|(?:(?<=[a-zđ])|(?<=[a-zđ][\u0300-\u036f])|(?<=[a-zđ][\u0300-\u036f]{2}))(?=[A-ZĐ])"
    r"|(?<=[A-ZĐ\u0300-\u036f])(?=[A-ZĐ][\u0300-\u036f]*[a-zđ])"
)
# What the gate of contacts does not need is compiled when a text is first compared.
_AT_OR_DOT = (
    r"[\[({<]\s*(?:at|a|@|dot|chấm|\.)\s*[\])}>]|\b(?:a còng|a móc|a vòng|chấm)\b"
    r"|[\s_-](?:at|dot)[\s_-]"
)
_SPOKEN = ("không khong", "một mốt mot", "hai", "ba", "bốn tư bon tu", "năm lăm nam lam", "sáu sau",
           "bảy bẩy bay", "tám tam", "chín chin")  # fmt: skip
_DIGIT_WORDS = {word: str(n) for n, words in enumerate(_SPOKEN) for word in words.split()}
_WORD = rf"(?:\b(?:{'|'.join(_DIGIT_WORDS)})\b\W*)"
_SPELT = rf"{_WORD}{{3,}}|{_WORD}{{2}}(?=\d)"  # không chín 12 345 678
_ODD_DIGIT = re.compile(r"[^\D0-9]")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_RUN = re.compile(r"\d(?:[^\w,;/]*\d)*")
_CARD = re.compile(r"(?<!\d)\d(?:[ .]?\d){8,11}(?!\d)")
# The last digits of a number: "đuôi 5678", "0912 xxx 678", "...5678".
_MASK = r"(?:\.{2,}+|[*•●▪#_]++|x{2,}+)(?:[ .-]?(?:[*•●▪#_]++|x{2,}+)){0,4}+"
_TAIL = (
    r"(?:(?:đuôi|duoi|số cuối|so cuoi|số sau|tận cùng|tan cung|kết thúc|ket thuc|ending|digits)"
    rf"(?:(?!năm(?!\W+{_WORD})|tháng|ngày|điều|khoản)\D){{0,40}}"
    rf"|(?<!\d)(?P<head>\d(?:[ .-]?\d){{0,14}}+)[ .-]?(?:{_MASK}|x(?=[ .-]?\d))[ .-]?"
    rf"|(?<![\d.*•●▪#_x]){_MASK}(?:(?<=[*•●▪#_x])[ .-])?)"
    r"(?P<tail>\d(?:[ .-]?\d)*+)"
)
# Six or seven digits alone may be the last ones: "số máy 345 678". But no sum of money.
_ALONE = (
    r"(?<!\d)(?<!\d[ ./-])(?=(\d(?:[^\w,;/]{0,3}\d){5,6}?"
    r"(?!\d|\.\d|/\w|\s*(?:đồng|đ|vn[dđ])\b(?! chí|/c))))"
)
# The first digits of a number: "đầu 0912". Or nearly all, with up to three behind them masked,
# which anybody can try: 0912 345 xxx.
_HEAD = (
    r"(?:đầu|dau)\D{0,40}(\d(?:[ .-]?\d){2,13}+)"
    rf"|(?<!\d)(\d(?:[ .-]?\d){{6,13}}+)[ .-]?(?:[*•●▪#_]|x(?!\w)|{_MASK})"
)
# The number of a passport or a land title: C1234567, CQ 123456. But no 123456/GP-UBND.
_PAPER = (
    r"(?<![\w.-])(?:[A-Za-z]\d{7,8}|(?:[A-Z]{2} ?|[A-Za-z]{2})\d{6}(?:\d\d)?)(?![\w/-]|\.\w)"
    r"(?!\s*(?:đồng|đ\b|VN[DĐ]))"
)
# A tracking code as `make_code` writes it, also without its last sign. And as people may write
# one, with signs masked, each place where it could begin.
_CODE = r"(?<!\w)(?:[0-9A-Za-z]{4}[\s-]?){3}[0-9A-Za-z]"  # four and more times
_SIGN = r"[0-9A-Za-z*•●▪#?]"
_SIGNS = rf"(?<![^\W_])(?=((?:{_SIGN}{{4}}[\W_]{{,3}}?){{3}}{_SIGN}{{5}})(?![^\W_]|[*•●▪#?]))"
# What may be anybody's, with its word: an address of e-mail, a number of a telephone, an identity
# card, a passport, a land title, an account or a dossier, and the plate of a vehicle. But no sum of
# money, no date, and no hotline (Art. 5.1).
ANYBODYS = (
    ("thư điện tử", r"(?<![^\s<>(),;])[^\s<>(),;@]*@[^\s<>(),;]*[^\s<>(),;.!?]"),
    ("số", r"(?<![\d.])(?!02183\.?1022|1[89]00(?:[ .]?\d){4,6}(?![ .-]?\d))"
           r"(?!(?:\d\d?([.-])\d\d?\1|(?:19|20)\d\d ?[ -] ?)(?:19|20)\d\d(?!\d))"
           r"\+?(?:\((?=\d+\)))?\d(?:(?: ?[-(] ?|\)[ .-]?|[ .])?\d){7,18}+"
           r"(?:(?:[ .()-]{0,3}\d)++|(?!\s*(?:đồng|đ\b|VN[DĐ])))"
           r"|(?<!\d)0\d{2,3}(?:(?:[^\w+]{1,3}\d{3,4}){2}|/\d{6,8})(?!\d)"
           r"|(?<![\w.-])\d\d-?[A-Za-zĐđ]{1,2}\d?[ .-]?\d{3}\.?\d{1,2}(?!\w)"
           rf"|{_PAPER}"),
    ("mã", rf"(?=[\w\W]{{,22}}?\d){_CODE}{{4,5}}(?!\w)"),  # its last sign can be computed
)  # fmt: skip
# Families of the province: Kinh, Mường, Thái, Tày, Dao and Mông. The first are no other word, also
# in capitals.
ONLY_FAMILIES = (
    "Nguyễn|Trần|Lê|Hoàng|Huỳnh|Phan|Đặng|Bùi|Ngô|Đinh|Trịnh|Trương|Quách|Phùng|Khương|Nghiêm|Doãn"
    "|Khà|Ngần|Lường|Quàng|Sùng|Giàng|Thào|Sồng|Phàng"
)
FAMILIES = (
    f"{ONLY_FAMILIES}|Phạm|Vũ|Võ|Đỗ|Hồ|Dương|Lý|Đoàn|Lâm|Mai|Đào|Hà|Cao|Lưu|Lương|Tạ|Tô|Xa|Triệu"
    "|Chu|Thái|Tống|Nông|Hứa|Bạch|Kiều|Vi|Lò|Vàng|Vương|Đàm|Khổng|Mạc|Cầm|Bế|Sầm|Vừ|Tráng|Lầu"
)
# Khuyên Trần Thị for Trần Thị Khuyên, but not Thu Hà.
_FAMILY, _NO_OTHER = (
    rf"(?:{names}|{fold_marks(names).replace(' ', '|')})(?!\S)"
    for names in (FAMILIES, ONLY_FAMILIES)
)
_GIVEN_FIRST = (
    rf"(?i)^(?!{_FAMILY}(?!.* th[ịi]$))(\S+) ((?:{_NO_OTHER}|{_FAMILY}(?= (?:th[ịi]|v[ăa]n)\b)).*)"
)
_READ_ALIKE = str.maketrans("oily", "0111")
_LONG = 8  # digits of a number that may be a person's
_TRIES = 1000  # looks like a number: a text with more that are none was made to be slow
_FEWEST = 4  # letters and digits of an id in pieces
_FEWEST_IN_A_WORD = 6  # letters of a name, or of an address, that is joined to other words
_FEWEST_OF_TWO = 6  # first and last digits that give a number away; anybody can guess two

_PREFIX = r"(?:(?:\+|00)?84[^\w+]{0,3}(?:0[^\w+]{0,3})?|0[^\w+]{0,3})"
_PHONE = re.compile(
    rf"(?<!\d)(?:{_PREFIX}?([35789](?:[^\w+]{{0,3}}\d){{8}})"  # a mobile phone
    rf"|{_PREFIX}(2(?:[^\w+]{{0,3}}\d){{9}})"  # a landline with its area
    r"|\+((?:[^\w+]{0,3}\d){8,15}))(?!\d)"  # abroad
)
_USUAL = re.compile(r"0(?:[35789]|2\d)[0-9]{8}")
_NO_PHONE = re.compile(r"[^0-9\s+.()-]")
# Digits without a mark: 7 to 15, but not one digit alone.
_WHOLE = r"(?!(.)\1+$)(?:0\d{7,14}|1[2-9]\d{9}|[2-9]\d{6,14})"
_HOTLINE = re.compile(r"(?:0|84)*1[89]00")
_EMAIL = re.compile(
    r"""(?<![^\s<>()\[\],;:"'/=])[^\s@<>()\[\],;:"'/=]+@(?:[^\W_][\w-]*\.)+[^\W_][\w-]*(?![\w@])"""
)
# What stands before the @ in an address without one, but no site.
_MAIL_PART = re.compile(
    r"(?i)(?<![\w.@-])(?!e-mail|facebook|[\w.+-]*\.(?:vn|com|net|org)\b)[\w+-][\w.+-]{4,}[\w+-]"
)
_MAILBOX = re.compile(r"(?ai)[\w.+'&/=-]+@(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]+")
# Và is a given name too, at the end.
_AND = re.compile(r"[&;+]|(?<!đ)/|\b(?:và|hoặc)\b(?=\s+\w)|(?-i:\bvà\b)", re.IGNORECASE)
_NOTE = (
    r"(?i)[^\w\s.'/-]+|\s-+|-+\s|\d+|\b(?:chủ hộ|sn|sinh năm|sinh ngày|đại diện|trưởng thôn"
    r"|tổ trưởng|cán bộ|địa chỉ|đc|đt|sđt|zalo|cccd|cmnd"
    r"|(?-i:con|vợ|chồng|mẹ|bố|cháu|trưởng|tổ|thôn|xã|ở|trú|người|dân tộc|đầu|cuối|bán|làm|lái|xóm"
    r"|ngõ|lớp|bên|chợ|giáo viên|công nhân))\b"
)
_TITLE = (
    r"\b(?:ông|bà|anh|chị|em|cô|chú|bác|cụ|cháu|cậu|dì|thầy|giáo|mẹ|bố|ô|chủ hộ|hộ|gia đình"
    r"|(?-i:đồng chí|Đồng chí|ĐỒNG CHÍ)|đ/c|trưởng|tổ|thôn|bản|đại diện|cán bộ|con|vợ|chồng|mr|mrs"
    r"|ms|miss|madam)\b[\s.:]*"
)
# A comma and the stop behind a bracket part a name. Other marks and digits do not: ông "An".
_CALL = r"(?<![^\W\d_])(?:{0})(?![^\W\d_]){1}{2}(?=((?:[^\W\d_]+{1}){{{{1,4}}}}))".format(
    "{}",
    r"(?:[^\w.,;!?]|[\d_]|(?<!\))\.)*+",
    r"(?!(?i:trưởng (?:phòng|ban|khoa|trạm|đoàn|bộ phận|công an|thôn|bản|xóm)))",
)
_CALLED = _CALL.format(
    r"(?i:(?:ông|bà|anh|chị|em|cô|chú|bác(?: sĩ)?|cụ|cháu|cậu|dì|thầy|giáo(?: viên)?|bạn|bé|ô|dân"
    r"|gia đình|vợ|chồng|tên(?: tôi| em| mình)?|y tá|kế toán|luật sư|thím|mợ|dượng|mế|đương sự"
    r"|nạn nhân|bệnh nhân|khách hàng|phụ huynh|học sinh|nhà báo|bí thư|thôn trưởng|chủ tịch"
    r"|(?<!\d)(?<!\d\.)b(?! -|\))|đồng chí|đ/c|mẹ|(?<!công )(?<!tuyên )bố|(?<!bảo )hộ"
    r"|trưởng (?:thôn|bản|xóm)|tổ trưởng|người (?:gửi|gọi|hỏi|(?:làm|viết) đơn|phản ánh"
    r"|kiến nghị|khiếu nại|tố cáo)|(?:tôi|mình)(?=[\W_]++là\b)|mr|mrs|ms|miss|madam)(?:[\W_]++là)?)"
)
# Without marks "ba" may be three, Ba Lan is Poland, and Ho Chi Minh a city.
_CALLED_BARE = _CALL.format(
    r"(?:(?i:ong|ba|anh|(?<!ho[ _])chi)|em|chu|bac|cu|chau|cau|(?:co|thay)(?: giao)?|gia dinh|vo"
    r"|chong|ten)(?:[\W_]++la)?"
)
_COMPANY = (
    r"\b(?:c[ôo]ng ty|c\.?ty|ctcp|h[ộo] kinh doanh|hkd|doanh nghiệp tư nhân|dntn|hợp tác xã|htx)\b"
    r"(?:\.? (?:tnhh|trách nhiệm hữu hạn|cp|cổ phần|mtv|(?:một|1) thành viên)\b)*"
)
_LEVEL = (
    r"\b(?:số nhà|số|sn|đường|phường|xã|thị trấn|tt|quận|huyện|thành phố|tp|dân phố|phố"
    r"|thuộc|của|trên địa bàn|[pxqh](?=[ .]))\b"
    # Without marks so, xa or phuong may be other words, as in Phuong Lam.
    r"|\b(?:so nha|so(?=\W*\d)|thi tran|thanh pho|dan pho|(?<!phuong )(?<!duong )"
    r"(?:phuong|duong|pho|xa|quan|huyen)(?=\W+\w+\W+\w))\b"
)
# What stands before the name of a place, one word or two joined, and provinces that could be a
# given name.
_PLACES = frozenset(
    re.findall(
        r"[^|]+",
        "tỉnh|phố|tp|tp.|quận|q.|huyện|h.|xã|x.|phường|p.|trấn|khu|khối|tổ|thôn|xóm|bản|ấp|đường|ngõ"
        "|chợ|cầu|sông|hồ|núi|trường|học|thpt|thcs|viện|an|tế|tâm|lực|nhánh|ngânhàng|trụsở|ubnd|cửa"
        "|an giang|bình dương|bình định|bình phước|bình thuận|gia lai|hà giang|hà nam"
        "|hà nội|hải dương|hải phòng|hoà bình|hưng yên|khánh hoà|kiên giang|lai châu|lâm đồng"
        "|long an|nam định|nghệ an"
        "|ninh bình|ninh thuận|phú thọ|phú yên|sơn la|thái bình|thái nguyên|thanh hoá|tuyên quang"
        "|việt nam|việt trì|vĩnh long|vĩnh phúc|yên bái|bắc giang|bắc ninh|hà tĩnh",
    )
)
_PART = (
    r"(?i)[,()[\]{}]|\s-\s|(?=\b(?:phường|xã|thị trấn|huyện|thành phố|tp|tỉnh"
    r"|(?<!phuong )phuong|xa|thi tran|huyen|thanh pho)\b)"
)
# Some titles are given names too, if no name is behind them.
_TITLES = rf"(?i)^\s*(?:(?!(?:anh|em|bản|trưởng)\W*$){_TITLE})+"
# A place in a note, to the next mark.
_AREA = r"(?<!rưởng )\b(?:{0}|(?<!\w )(?i:{0}))\b(?:(?!\s-|-\s)[\w\s.'/-])*".format(
    "thôn|xóm|bản|ấp|tổ(?! trưởng)|khu|khối|xã|phường|huyện|quận|tỉnh|tp|thành phố|thị trấn|phố"
    "|đường|ngõ|chợ|trường|công ty|cty|chung cư|sở|hội|ban|ubnd|địa chỉ|ở"
)
_CAPITALS = r"{0}(?:[\s.]+{0}){1}".format(r"[A-ZĐ][a-zA-ZđĐ\u0300-\u036f'\u2019-]{{0,40}}+", "{}")
# A name that small letters follow, but not Trần in Trần thị mơ, nor Công in Công dân.
_BEGUN = unicodedata.normalize(
    "NFD", rf"^(?!(?i:{_FAMILY}))({_CAPITALS.format('*')})\s++(?!d(?:ân|anh)\b)[^A-ZĐ]*$"
)
# What parts two addresses, or stands before one.
_OR = (
    r"(?i)(?:^|;)[^,;:\d]*:|^\W*nh[àa]\s|[;|&]|\s[+/]\s|\b\d{8,}\b|\b(?:hoặc|và|hktt|đktt|hộ khẩu"
    r"|địa chỉ|đ/c|đc|thường trú|tạm trú|ở|tại|trọ|quê|nr|hiện nay)\b(?:[^,;:\d]*:)?"
)


# Up to seven words behind "Tôi là" or "em tên", where a sentence begins.
_INTRODUCED = (
    r"(?im)(?:^|[.,!?;])[^\S\n]*(?:dạ,?\s+)?(?:tôi|em|con|cháu|mình)\s+(?:tên\s+là|là|tên):?\s+"
    r"(?:(?:ông|bà|anh|chị|công dân)\s+)?(\w+(?:[^\S\n]+\w+){1,6})"
)


@cache
def _load_library() -> ModuleType | None:
    try:
        import phonenumbers
    except ImportError:
        return None
    return phonenumbers


def _decode(text: str) -> str:
    from html import unescape  # few texts need these two, and their import takes long
    from urllib.parse import unquote

    return unescape(_leave_numbers(unescape(_leave_numbers(unquote(unquote(text))))))


def reveal(text: str) -> str:
    """Return a text as it looks, in the letters and digits that it seems to have."""
    seen = _UNSEEN.sub("", _decode(text) if "&" in text or "%" in text else text)
    if seen.isascii():
        return seen
    apart = unicodedata.normalize("NFKD", seen).translate(_LOOK_ALIKE)
    shown = unicodedata.normalize("NFC", apart)
    return _ODD_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), shown)


def find_phones(text: str | None) -> tuple[str, ...]:
    """Return the phone numbers in a text: the digits of each, 0218... for those of Vietnam.

    A text of digits and nothing else is a number too, if it could be one: of a landline, from
    abroad, or an old one. In Vietnam none begins with 1, and in North America one has 11 digits.
    Hotlines (1800, 1900) are none, because they reach no person.
    """
    if not text:
        return ()
    dense = text.replace(" ", "").replace(".", "")
    if _USUAL.fullmatch(dense):  # most are, and each hand-over asks
        return (dense,)
    seen = reveal(text)
    found = [
        re.sub("^84", "0", _keep_digits(abroad)) or f"0{_keep_digits(mobile or landline)}"
        for mobile, landline, abroad in _PHONE.findall(seen)
    ]
    plain = unicodedata.normalize("NFKC", text)
    whole = _keep_digits(plain)
    if not found and not _NO_PHONE.search(plain) and re.fullmatch(_WHOLE, whole):
        found = [whole]
    if not found and (library := _load_library()):
        found = [
            re.sub("^84", "0", f"{match.number.country_code}{match.number.national_number}")
            for match in library.PhoneNumberMatcher(seen, "VN", max_tries=_TRIES)
        ]
    return tuple(filterfalse(_HOTLINE.match, found))


def find_emails(text: str | None) -> tuple[str, ...]:
    """Return the addresses of e-mail in a text: one @, something before it, a dotted domain."""
    return tuple(_EMAIL.findall(reveal(text))) if text else ()


def find_mailbox(sender: Sender) -> str | None:
    """Return where a letter may go: an address alone in its field, letter by letter as typed.

    What `find_emails` reads among other words may be the end of somebody else's address.
    """
    return next(
        filter(_MAILBOX.fullmatch, (x.strip() for x in (sender.email, sender.phone) if x)), None
    )


class _Row(NamedTuple):
    """Words joined into one, and the places where they begin and end."""

    joined: str
    edges: frozenset[int]

    def has(self, words: list[str]) -> bool:
        """Return whether the words are here one behind the other, however they were cut.

        A text that has them 2,000 times inside of other words was made to hide them.
        """
        places = _find_places("".join(words), self.joined) if len(words) > 1 else ()
        return any(n > 2_000 or self.edges.issuperset(ends) for n, ends in enumerate(places))


class _Searched(NamedTuple):
    """A text in the forms in which names, numbers and codes are searched.

    `threes` are each three words in a row. `row` is its words without marks, `in_one_case` those
    that have no capital inside, and `places` those without "phường" and the like, then all.
    `called` are the words by which it calls people, each with those before it, `called_bare` also
    those behind what may be a title without marks, and `unmarked` those of `called` without their
    marks. `full` are those of `called` and of names that begin with a family. `alone` are the words
    with a capital of their own or behind a title, and two or three that are no part of a longer
    name. `pieces` are its groups of digits, each with its positions among them, `tails` what may be
    the last digits of numbers, each with the first digits beside it, and `heads` the first digits
    of numbers of which it speaks, or whose last are masked.
    """

    plain: str
    threes: set[tuple[str, str, str]]
    row: "_Row"
    in_one_case: str
    places: "_Row"
    called: dict[str, set[frozenset[str]]]
    called_bare: dict[str, set[frozenset[str]]]
    unmarked: dict[str, set[frozenset[str]]]
    full: dict[str, set[frozenset[str]]]
    alone: set[str]
    digits: str
    pieces: dict[str, list[int]]
    tails: dict[str, set[str]]
    heads: set[str]


def _normalize(seen: str) -> str:
    """Return a text in small letters and one spelling, with one word for every kind of company."""
    return re.sub(
        _COMPANY,
        "cty",
        " ".join(unify_spelling(unicodedata.normalize("NFC", seen.casefold())).split()),
    )


def _keep_digits(text: str) -> str:
    return re.sub(r"\D+", "", text)


def _list_words(plain: str) -> list[str]:
    """Return the words without marks, numbers apart, O as 0, and I, L and Y as 1."""
    return [word.translate(_READ_ALIKE) for word in _TOKEN.findall(fold_marks(plain))]


def _list_places(plain: str) -> list[str]:
    """Return the words of an address without those that everybody leaves out or cuts short."""
    return _list_words(
        re.sub(rf"{_LEVEL}|\b0+(?=\d)", " ", plain.replace("tdp", "tổ").replace("kp ", "khu "))
    )


def _join(words: list[str]) -> _Row:
    return _Row("".join(words), frozenset(accumulate(map(len, words), initial=0)))


def _prepare(text: str) -> _Searched:
    turned = re.findall("\u202e([^\u202c]*)", text)  # shown from right to left
    seen = reveal("\n".join((text, *(each[::-1] for each in turned))))
    if _MARKUP.search(seen):
        seen = f"{seen}\n{_MARKUP.sub(' ', seen)}"
    apart = unicodedata.normalize("NFD", seen)
    if _GLUED.search(apart):
        split = re.sub(r"\S+", _split_glued, apart)
        seen = f"{seen}\n{unicodedata.normalize('NFC', split)}"
    plain = _normalize(seen)
    if re.search(_AT_OR_DOT, plain):
        plain = f"{plain}\n{re.sub(_AT_OR_DOT, ' ', plain)}"
    digits, plain = _keep_digits(plain), re.sub(_SPELT, _write_digits, plain)
    pieces: defaultdict[str, list[int]] = defaultdict(list)
    tails: defaultdict[str, set[str]] = defaultdict(
        set, {_keep_digits(each): {""} for each in re.findall(_ALONE, plain)}
    )
    for n, piece in enumerate(
        (
            *map(_keep_digits, re.findall(r"\d(?:[^\w,;/]{0,3}\d){6,}", plain)),  # 383.10.22
            *re.findall(r"\d{3,}", plain),
        )
    ):
        pieces[piece].append(n)
    for found in re.finditer(_TAIL, plain):
        tails[_keep_digits(found["tail"])] |= {
            "".join(head[n:])  # where the number begins is not known
            for head in [re.findall(r"\d+", found["head"] or "")]
            for n in range(len(head) or 1)
        }
    words = re.findall(r"\w+", plain)
    in_one_case = [
        each for each in re.findall(r"\w+", seen) if each[1:].islower() or each.isupper()
    ]
    unmarked = "\n".join(filter(str.isascii, seen.splitlines()))
    called = {*re.findall(_CALLED, seen)}
    return _Searched(
        plain,
        set(zip(words, words[1:], words[2:], strict=False)),
        _join(_list_words(plain)),
        " ".join(_list_words(_normalize(" ".join(in_one_case)))),
        _join([*_list_places(plain), "|", *_list_words(plain)]),
        _find_called(called.union(re.findall(_CALLED_BARE, unmarked))),
        _find_called(called.union(re.findall(_CALLED_BARE, seen))),
        _find_called(called, fold_marks),
        _find_called({run for run in _find_runs(seen) if re.match(f"(?i){_NO_OTHER}", run)}),
        {*re.findall(rf"{_TITLE}(?=(\w\w+))", plain), *_find_capitals(seen)},
        f"{digits} {_keep_digits(plain)}",
        pieces,
        tails,
        {_keep_digits("".join(found)) for found in re.findall(_HEAD, plain)},
    )


def _split_glued(token: re.Match[str]) -> str:
    """Return what stands between blanks, on a line of its own if its words are glued."""
    split = _GLUED.sub(" ", token[0])
    return token[0] if split == token[0] else f"|\n{split}|\n"


def _find_called(
    names: set[str], fold: Callable[[str], str] = _normalize
) -> dict[str, set[frozenset[str]]]:
    """Return how a text calls people, ông An or bà N. T. Bí: the last word, and those before it."""
    called: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for found in names:
        letters = re.findall(r"[^\W\d_]+", found)
        words = fold(" ".join(takewhile(lambda each: each[0].isupper(), letters))).split()
        for n, last in enumerate(words):
            called[last].add(frozenset(words[:n]))
    return called


def _may_be_of_name(word: str) -> bool:
    """Return whether a word with a capital may be part of a longer name: Kim, K or UBND.

    It is one Vietnamese syllable, or short for an office. Zalo, TNHH and STK are neither.
    """
    bare = fold_marks(word)
    return word[:1].isupper() and bool(
        re.fullmatch(
            r"(?:[bcdghklmnpqrstvx]|[cgknpt]h|tr|ngh?)?[aeiouy]{1,4}(?:[cmnpt]|[cn]h|ng)?",
            bare,
        )
        or (
            word.isupper()
            and not re.search(
                r"[fjwz]|[aeiouy][^aeiouy]+[aeiouy]|^(?:tnhh|cp|mtv|hkd|htx|dntn|s?dt|s?tk)$", bare
            )
        )
    )


def _find_capitals(seen: str) -> set[str]:
    """Return words with a capital, two and three, without parts of a name: no Hòa in Hòa Bình.

    A capital at the beginning of a sentence, or behind a line break, is no part of a name. Names of
    places are no pairs. A mark in a pair, as in "Bình, Hòa" and "H. Bình", stays in it.
    """
    words = [*"....", *re.findall(r"\w+(?:\s*\n)?|(?!\b-\b)[^\w\s]+", seen), "."]
    rows = [
        row
        for row in zip(*(words[n:] for n in range(6)), strict=False)
        if row[4][0].isupper() and len(row[4].rstrip()) > 1
        if row[4].endswith("\n") or not _may_be_of_name(row[5])
    ]
    parted = {
        _normalize(f"{first}{mark} {word}")
        for early, far, first, mark, word, _ in rows
        if first[0].isupper() and not (_may_be_of_name(far) and early.isalnum())
    }
    return parted | {
        _normalize(named)
        for early, far, first, before, word, _ in rows
        for named, outer, inner in (
            (word, first, before),
            (f"{before} {word}", far, first),
            (f"{first} {before} {word}", early, far),
        )
        if not (_may_be_of_name(inner) and outer.isalnum())
        if named == word
        or (
            all(each[0].isupper() for each in named.split())
            and _PLACES.isdisjoint((inner.casefold().rstrip(), f"{outer}{inner}".casefold()))
        )
    }


def _write_digits(found: re.Match[str]) -> str:
    digits = "".join(_DIGIT_WORDS[word] for word in re.findall(r"[^\W\d_]+", found[0]))
    return f"{found[0]} {digits} "


def _find_places(value: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has a value: its beginning and its end."""
    start = text.find(value)
    while start >= 0:
        yield start, start + len(value)
        start = text.find(value, start + 1)


def _is_word(value: str, text: str) -> bool:
    """Return whether `text` has `value` without a letter or digit next to it."""
    return (
        len(value) > 1
        and value in text
        and bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))
    )


def _is_named_in(text: _Searched, given: str) -> bool:
    """Return whether `text` has `given` as words of its own: An is not in Lan.

    Several words are also found without marks, and however they are joined or taken apart.
    """
    plain = _normalize(reveal(given))
    words = _list_words(plain)
    return _is_word(plain, text.plain) or (
        text.row.has(words) and (" " in plain or sum(map(len, words)) >= _FEWEST)
    )


def _is_mail_in(text: _Searched, mail: str) -> bool:
    """Return whether `text` has an address. Of the domain the first part is enough: bi@vidu.

    A word may be joined to a long one, as in "mailvan.bi@vidu.vn". What stands before the @ is
    enough alone, if it is long, and no syllable or part of the address of a page. A field may have
    no @ and no more than that.
    """
    plain = _normalize(mail)
    local, at, _ = plain.partition("@")
    return (
        at != ""
        and (
            _is_named_in(text, mail)
            or _is_word(short := re.sub(r"(@[^.]*).*", r"\1", plain), text.plain)
            or (
                len(local) >= _FEWEST_IN_A_WORD
                and bool(
                    plain in text.plain
                    or (
                        _is_named_in(text, short)
                        and re.search(r"\b(?:a (?:còng|móc|vòng)|at)\b", text.plain)
                    )
                )
            )
        )
    ) or (
        len(local) >= (_LONG if local.isalpha() else _FEWEST_IN_A_WORD)
        and bool(re.search(rf"(?<![\w.@/-]){re.escape(local)}(?![\w{at}-]|\.\w)", text.plain))
    )


def _is_number_in(text: _Searched, number: str) -> bool:
    """Return whether `text` has a number: whole, in pieces in order, or by its last digits."""
    forms = [
        *(start + number for start in ("", "0", "84", "0084")),
        # A landline, which neighbours call by seven, or a number without its first two.
        number[-7:] if number.startswith("2") and len(number) == 10 else number[-_LONG:],
    ]
    heads = {full[:n] for full in forms for n in range(len(full))}
    return (
        number in text.digits
        or number in text.row.joined
        or any(full[:-n] in text.heads for full in forms for n in (1, 2, 3) if len(full) - n > 6)
        or any(_is_in_pieces(text.pieces, full) for full in forms)
        or any(
            len(head or "00") + len(number) - n >= _FEWEST_OF_TWO
            for n in range(len(number))
            if number[n:] in text.tails
            for head in heads & (text.tails[number[n:]] | text.heads)
        )
    )


def _is_in_pieces(pieces: dict[str, list[int]], full: str) -> bool:
    """Return whether pieces make up a number, one behind the other."""
    ends = {0: -1}  # how many digits are made up, and by which piece at the earliest
    for n in range(len(full)):
        for end in range(n, len(full) + 1) if n in ends else ():
            found = pieces.get(full[n:end], ())
            next_one = bisect_right(found, ends[n])
            if next_one < len(found):
                ends[end] = min(ends.get(end, found[next_one]), found[next_one])
    return len(full) in ends


def _find_numbers(given: str, *, is_phone: bool) -> Iterator[str]:
    """Yield the numbers in a field. In that of the phone any long one is a number.

    In another one it is that of an identity card, say.
    """
    runs = map(_keep_digits, (_RUN if is_phone else _CARD).findall(reveal(given)))
    for number in (*find_phones(given), *(run for run in runs if len(run) >= _LONG)):
        if not _HOTLINE.match(number):
            core = number.lstrip("0")
            yield core if len(core) >= _LONG else number


def _find_names(given: str) -> Iterator[str]:
    """Yield the name of each person in a field, without titles before it and notes behind it.

    One that begins with the given name is also put in its usual order.
    """
    for person in _AND.split(reveal(given)):
        names = (re.sub(_TITLES, "", part.strip()) for part in re.split(_NOTE, person))
        yield from (
            form
            for name in islice(filter(None, (name.strip(" .'/-") for name in names)), 1)
            for form in (name, re.sub(_GIVEN_FIRST, r"\2 \1", name))
        )


def _find_runs(given: str) -> list[str]:
    """Return the words with capitals side by side in a field, without titles and places."""
    apart = unicodedata.normalize("NFD", re.sub(_AREA, ",", reveal(given)))
    return [
        re.sub(_TITLES, "", unicodedata.normalize("NFC", run.replace(".", ". ")))
        for run in re.findall(_CAPITALS.format("+"), apart)
    ]


def _is_called(called: dict[str, set[frozenset[str]]], name: list[str]) -> bool:
    """Return whether people are called by this name as usual: ông An, bà N. T. Bí."""
    # N. or Ng. for Nguyễn
    allowed = {*name, *(s[:n] for s in name for n in (1, 2)), "".join(s[0] for s in name[:-1])}
    return any(map(allowed.issuperset, called.get(name[-1], ())))


def _is_called_in(text: _Searched, words: list[str]) -> bool:
    """Return whether a text calls people by this name, with marks or without.

    The text may have a name without marks that is a word with them: Ngân, not An. And a name may be
    typed without marks: khuyen, chị Khuyên.
    """
    bare = fold_marks(" ".join(words)).split()
    return (
        _is_called(text.called, words)
        or _is_called(text.called_bare if bare[-1] != words[-1] else text.called, bare)
        or ("".join(words).isascii() and _is_called(text.unmarked, bare))
    )


def _is_turned_in(text: _Searched, name: list[str]) -> bool:
    """Return whether a text has a name backwards, "Bí, Trần Văn", or "Bí Trần" with capitals."""
    turned = {f"{name[-1]}, {name[0]}", *(f"{' '.join(name[n:])} {name[0]}" for n in (-1, -2))}
    return (
        not text.alone.isdisjoint(turned - _PLACES)
        or tuple(name[:-4:-1]) in text.threes
        or (name[-1] in text.alone and (name[-1], *name[:2]) in text.threes)
    )


def _is_cut_in(text: _Searched, name: list[str]) -> bool:
    """Return whether a text has a name with its last word whole: T. Bí, TV Bí, Tr. Văn Bí."""
    *others, last = name[-5:]  # more would take long
    return not text.alone.isdisjoint(
        f"{first}{dot} {last}"
        for first in {"".join(each[0] for each in others), name[0][0], name[0][:2]} - {name[0]}
        for dot in ("", ".")
    ) or any(
        (first, second, last) in text.threes
        for one, other in combinations(others, 2)
        for first, second in product({one, one[0], one[:2]}, {other, other[0], other[:2]})
    )


def _is_given_in(text: _Searched, name: list[str]) -> bool:
    """Return whether a text has the given name of two words: Kim Ngân, but not Văn Bí."""
    given = " ".join(name[-2:])
    return (
        len(name) > 2
        and name[-2] not in ("văn", "thị")
        and given not in _PLACES
        and not text.alone.isdisjoint((given, fold_marks(given)))
    )


def _is_name_in(text: _Searched, given: str) -> bool:
    """Return whether `text` has a name. One word counts with a capital, or behind a title.

    Two words that stand behind others in the field may be a place, and count behind a title. So
    does a name that small letters follow in the field: Khuyên không rõ họ.
    """
    found, runs = [*_find_names(given)], _find_runs(given)
    return (
        any(
            _is_one_name_in(text, each)
            for each in {
                given,
                *filterfalse(partial(re.fullmatch, rf"(?i){_TITLE}|và"), found),
                *(each for each in runs if len(each.split()) > 2),
            }
        )
        or any(
            frozenset(others) in text.called.get(last, ())
            for *others, last in filter(
                None, (_normalize(each).split() for each in (*found, *runs))
            )
            if others or re.fullmatch(rf"(?i){_TITLE}|và", last)
        )
        or any(
            _is_called_in(text, _normalize(begun).split())
            for each in found
            for begun in re.findall(_BEGUN, unicodedata.normalize("NFD", each))
        )
    )


def _is_one_name_in(text: _Searched, name: str) -> bool:
    plain = _normalize(reveal(name))
    words, bare, joined = plain.split(), fold_marks(plain).split(), _list_words(plain)
    return (
        any(  # Trần Thị Khuyên for Khuyên or Trần Khuyên
            len(form) <= len(others) and others.issuperset(form[:-1])
            for form in (words, bare)
            for people in (text.called, text.full)
            for others in people.get("".join(form[-1:]), ())
        )
        or (
            not text.alone.isdisjoint((plain.strip(".'/-"), *bare))
            if len(joined) < 2
            else (
                _is_named_in(text, name)
                or (
                    "".join(joined) in text.in_one_case
                    and len("".join(joined)) >= _FEWEST_IN_A_WORD
                )
                # Nguyễn An for Nguyễn Văn An
                or (
                    words[0] != "cty"
                    and len(words) == 3
                    and text.row.has(_list_words(f"{words[0]} {words[-1]}"))
                )
                or _is_called_in(text, words)
                or any(
                    _is_cut_in(text, form) or _is_turned_in(text, form) for form in (words, bare)
                )
                or _is_given_in(text, words)
            )
        )
    )


def _is_field_in(text: _Searched, field: str, given: str) -> bool:
    """Return whether a text shows what a sender gave in this field, or a number or mail in it."""
    return (
        (field == "name" and _is_name_in(text, given))
        or (field == "address" and _is_address_in(text, given))
        or ("@" in given and _is_named_in(text, given))
        or any(
            _is_name_in(text, name)
            for name in re.findall(_CALLED, reveal(given))
            + _find_runs(given) * (field != "address")
            if field != "name" and " " in name.strip()
        )
        or any(  # chị Thảo for Chị Thảo Kim Bôi, but not bà Trần
            _is_called_in(text, [_normalize(re.split(r"[\W\d_]", called)[0])])
            for called in (*re.findall(_CALLED, reveal(given)), *re.findall(r"\((\w+)", given))
            if re.match(rf"(?i)(?!{_FAMILY})[^\W\d_]{{2}}", called)
        )
        or any(_is_named_in(text, paper) for paper in re.findall(_PAPER, reveal(given)))
        or any(
            _is_mail_in(text, mail)
            for mail in find_emails(given)
            or _MAIL_PART.findall(reveal(given) if field == "email" else "")
        )
        or any(_is_number_in(text, n) for n in _find_numbers(given, is_phone=field == "phone"))
    )


def _find_addresses(given: str) -> Iterator[str]:
    """Yield the first two parts of each address in a field, and what is like 12 phố Kín."""
    for n, each in enumerate(filter(partial(re.search, r"\w"), re.split(_OR, reveal(given)))):
        parts = [*filter(partial(re.search, r"\w"), re.split(_PART, each))]
        first = next((k for k, part in enumerate(parts) if re.search(r"\d", part)), len(parts))
        houses = {
            k for k, each in enumerate(parts) if re.match(r"(?i)(?:s[ốo]|sn|nh[àa]|\W)*\d", each)
        }
        yield from (
            " ".join(parts[k : k + 2][::turn])
            for k, turn in product({first, first * (n > 0), *houses}, (1, -1))
            if parts[k + 1 :] and (k in (0, first) or not parts[k + 1].islower())
        )
        yield from (
            part
            for k, part in enumerate(parts)
            if re.search(r"\d\S*\s+\w", part)
            if (n + k == 0 and len(part.split()) > 2)
            or (k in houses and not part.strip()[1:].islower())
        )


def _is_address_in(text: _Searched, address: str) -> bool:
    """Return whether a text has an address: whole, by its first two parts, or as 12 phố Kín.

    A province alone is nobody's.
    """
    return _normalize(address).removeprefix("tỉnh ") not in _PLACES and (
        _is_named_in(text, address)
        or any(
            _is_named_in(text, each) or text.places.has(_list_places(_normalize(each)))
            for each in _find_addresses(address)
        )
    )


def _is_key_in(text: _Searched, key: str) -> bool:
    """Return whether `text` has an id, with any signs between its letters and digits."""
    number = re.search(rf"\d{{{_LONG},}}", re.sub(r"[\W_]", "", key))
    return _is_named_in(text, key) or bool(number and _is_number_in(text, number[0]))


def find_shown(case: Case, text: str) -> tuple[str, ...]:
    """Return the fields of a case's sender, present or replaced, that a text shows.

    They are some of `name`, `address`, `email`, `phone`, `id` and `code`, the tracking code of any
    case. Once the sender was erased there is no other data left to compare with.
    """
    if not isinstance(case.sender, Sender) or not text.strip(" ."):
        return ("code",) if _has_code(text) else ()
    read, code, introduced = _prepare(text), case.code, _list_introduced(str(case.content))
    senders = (case.sender, *case.former_senders, *introduced)
    keys = {each for each in (case.sender_id, *(x.id for x in senders)) if isinstance(each, str)}
    shown = {
        field: any(
            _is_field_in(read, field, given)
            for given in {getattr(each, field) or "" for each in senders}
        )
        for field in ("name", "address", "email", "phone")
    } | {
        # A short number is too common: 1022 in a text is not an id.
        "id": any(
            _is_key_in(read, key) for key in keys if not (key.isdigit() and len(key) < _LONG)
        ),
        "code": _has_code(text)
        or (
            isinstance(code, str)
            and all(
                "".join(_list_words(half)) in read.row.joined
                for half in (code[:9].casefold(), code[9:19].casefold())
            )
        ),
    }
    return tuple(field for field, is_shown in shown.items() if is_shown)


def _list_introduced(content: str) -> Iterator[Sender]:
    """Yield who names themselves in a text, three at most: Tôi là Lò Thị Mơ, ở xóm 3.

    They begin with the name of a family: Tôi là Cựu Chiến Binh names nobody.
    """
    for found in [*dict.fromkeys(re.findall(_INTRODUCED, content))][:3]:
        words = re.split(
            r"(?i)\s(?:xóm|thôn|bản|ấp|tổ|khu|xã|phường|huyện|tỉnh|thị (?:trấn|xã)|văn phòng)\s",
            found,
        )[0].split()
        name = " ".join(takewhile(lambda word: word.istitle() or word in ("thị", "văn"), words))
        if re.match(rf"(?i){_FAMILY} ", name):
            yield Sender(name=re.sub("(?: (?:thị|văn))+$", "", name))


def _has_code(text: str) -> bool:
    """Return whether a text has a tracking code, of any case: whoever has it acts as its sender.

    One of which a sign is masked can be computed, and one of which three are can be tried.
    """
    seen = reveal(text)
    signs = [
        re.sub(rf"(?!{_SIGN})[\W_]", "", found)
        for found in re.findall(_SIGNS, f"{seen}\n{_MARKUP.sub('', seen)}")
    ]
    return any(
        read_code(each) or (0 < len(re.findall(r"\W", each)) < 4 and re.search(r"\d", each))
        for each in signs
    )


def is_nobodys(case: Case, text: str) -> bool:
    """Return whether a text of a case is known not to give a sender away (R40).

    With one who was erased nothing can be compared. Any number or address of e-mail may be theirs.
    """
    return (
        isinstance(case.sender, Sender)
        and not case.is_sender_erased
        and not find_shown(case, text)
        and not any(re.search(form, reveal(text)) for _, form in ANYBODYS)
        and not _is_signed(case, text)
    )


def _is_signed(case: Case, text: str) -> bool:
    """Return whether a text has the last word of a sender's name alone, as people sign theirs.

    A capital before it may be that of a family, but not where a sentence begins: Gọi Khuyên.
    """
    lasts = {
        name.split()[-1]
        for each in (case.sender, *case.former_senders, *_list_introduced(str(case.content)))
        if isinstance(each, Sender)
        for name in _find_names(each.name or "")
    }
    forms = {form.capitalize() for last in lasts for form in (last, fold_marks(last))}
    unmarked = {last.casefold() for last in lasts}
    words = ["", "", *re.findall(r"[^\W\d_]+|\S|\n", unicodedata.normalize("NFC", text)), ""]
    return any(
        word[:1].isupper()
        and (word.capitalize() in forms or fold_marks(word) in unmarked)
        and not (
            _may_be_of_name(after)
            or (
                _may_be_of_name(before)
                and (far.isalnum() or _normalize(f"{before} {word}") in _PLACES)
            )
        )
        for far, before, word, after in zip(words, words[1:], words[2:], words[3:], strict=False)
    )


def require_unnamed(case: Case, said: Any, *, by: Person, before: Case | None) -> None:
    """Refuse an id or a code, of a receipt or completion, that gives a sender away (R40, R57).

    They are no personal data: units read them, and they stay after an erasure. So they hold no
    number or mail of the sender, nor their name. An accused may be of the same name, a word may be
    any word, two words the name of a place, and a unit may bear the name of a person. What somebody
    says who was of the accused's unit `before` is not compared, as they could try names. But a
    tracking code is no one's guess.

    An officer could write their own id, mailbox or unit as the sender's, to be accused no more
    (R39). So who had the case, or is of an accused's unit, is not compared, and of a login, or a
    unit's code, that comes after the sender only numbers are.
    """
    known = (
        (*chain(*before.staff), *(each.unit for each in before.accused))
        if before is not None and said is not case
        else ()
    )
    values = (
        ("procedure", said.procedure, said.procedure, 2),
        *(
            (field, unit, re.sub(_AREA, ",", unit or ""), 3)
            for field, unit in (
                ("about_unit", said.about_unit),
                *(("accused", each.unit) for each in said.accused or ()),
            )
        ),
        *(("accused", each.id, "", 2) for each in said.accused or ()),
    )
    for field, value, names, least in (each for each in values if each[1]):
        read = _prepare(value)
        if _has_code(value) or any(
            is_same_id(value, each.id) or _is_sender_in(read, each, names, least)
            if said is case or field == "procedure" or " " in value
            else _is_sender_in(read, Sender(phone=each.phone), names, least)
            for each in (
                case.sender,
                *case.former_senders,
                *(Sender(id=key) for key in (case.sender_id,) if isinstance(key, str)),
            )
            if isinstance(each, Sender)
            if not (before and is_of_accused_unit(before, by))
            if not any(is_same_id(value, key) for key in known)
        ):
            raise InputError(field=field, code="names_sender")


def _is_sender_in(read: _Searched, sender: Sender, text: str, least: int) -> bool:
    """Return whether a value has a number or mail of a sender, or `text` a name of so many words.

    A name of two words counts if both have a capital: Công dân is none.
    """
    fold, given = fold_marks if text.isascii() else _normalize, sender.name or ""
    names = {*_find_runs(given), *(x for x in _find_names(given) if len(x.split()) > 2)}
    return any(
        _is_field_in(read, "phone", each)
        for each in (sender.phone, sender.email, sender.id)
        if each
    ) or any(len(each.split()) >= least and _is_word(fold(each), fold(text)) for each in names)


def is_any_shown(ids: Collection[str], text: str) -> bool:
    """Return whether a text shows one of these ids."""
    return any(map(partial(_is_key_in, _prepare(text if ids else "")), ids))
