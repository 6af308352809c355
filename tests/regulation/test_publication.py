"""A published text names neither the sender nor the accused (Art. 2.2, 10.2.b, R45)."""

import time
import unicodedata
from itertools import product

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.conduct import MOST_ACCUSED
from phananh.regulation.personal_data import find_shown
from phananh.regulation.receipt import MOST_FORMER
from phananh.regulation.request import Accused, Person, Sender
from tests.regulation import cast

NAMED = cast.CULPRIT.id


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        (f"Cán bộ {NAMED} đã xin lỗi", True),
        (f"Cán bộ {unicodedata.normalize('NFD', NAMED.upper())} đã xin lỗi", True),
        (f"Cán bộ ({NAMED}).", True),
        (f"Mã {NAMED}2", False),
        ("Một cán bộ của Sở Y tế đã xin lỗi", False),
    ],
)
def test_the_id_of_an_accused_is_not_published(text, is_refused):
    """R45: in any spelling of the same id; part of another word is not that id."""
    case, act = cast.answered_case(), a.Publish(by=cast.OPERATOR, text=text)
    if not is_refused:
        assert cast.is_recorded(case, act)
        return
    (reason,) = cast.decide_on(case, act).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("names_accused", "2.2", "R45")
    assert NAMED not in str(reason.as_dict())


def test_an_accused_of_whom_only_the_unit_is_known_has_no_id_to_find():
    """A text can be published if the accused has no id, only a unit."""
    case = attrs.evolve(cast.answered_case(), accused=(Accused(unit=cast.HEALTH),))
    assert cast.is_recorded(case, a.Publish(by=cast.OPERATOR, text="Cán bộ đã xin lỗi"))


def test_a_text_that_names_the_sender_rests_on_a_reading():
    """R45: the refusal cites the clause and the reading, and never says who it is."""
    case = attrs.evolve(cast.answered_case(), sender=WHO)
    (reason,) = cast.decide_on(case, a.Publish(by=cast.OPERATOR, text="Trần Văn Bí")).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("names_sender", "2.2", "R45")
    assert "Bí" not in str(reason.as_dict())


def test_a_blank_text_cites_the_row():
    """10.2.b: a text that shows nothing is refused by the clause of the step, with its field."""
    act = a.Publish(by=cast.OPERATOR, text="\u200b")
    assert cast.refuse_citing(cast.answered_case(), act) == [("blank", "10.2.b")]
    (reason,) = cast.decide_on(cast.answered_case(), act).reasons
    assert reason.facts == {"field": "text"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("\ufdfa" * 20_000, [f"{'a ' * 48}b{n:03}" for n in range(MOST_ACCUSED)]),
        ("a " * 10_000, [f"{'a ' * 48}b{n:03}" for n in range(MOST_ACCUSED)]),
        ("a" * 20_000, ["a" * (2 + n % 99) for n in range(MOST_ACCUSED)]),
    ],
)
def test_a_text_made_to_be_expensive_is_searched_in_no_time(text, ids):
    """One letter that unfolds into eighteen, and as many accused as a case may have."""
    accused = tuple(Accused(id=each, unit=f"U-{n}") for n, each in enumerate(ids))
    sender = Sender(name="\ufdfa" * 299 + "b", address="a " * 149 + "c", phone="0912345678")
    given = {"accused": accused, "sender": sender, "content": "\n" * 20_000}
    case = attrs.evolve(cast.answered_case(), **given)
    began = time.process_time()
    assert cast.is_recorded(case, a.Publish(by=cast.OPERATOR, text=text))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "Trả lời mẫu ", "Ông A B C D ", "TRẦN-X", "090 0123 45 6 ", "***123 12 ",
        "Zalo Kim 12 34 56 ",
        "".join(f"Ông {''.join(each)} " for each in product("QWXZ", *["qwxyzjf"] * 4)),
    ],
)  # fmt: skip
def test_many_senders_are_compared_in_no_time(text):
    """As many as a case may have had, each with all the names and numbers that a field holds."""

    def fill(form, n):
        letters = "abcdefghijklmnopqrstuvwxyz"
        return "&".join(form.format(*(letters[n * 7 % 26], letters[m % 26], n, m % 10))
                        for m in range(30))[:299]  # fmt: skip

    senders = tuple(
        Sender(
            name=fill("{0} {1}", n), address=fill("{0}{2}, {1}", n), phone=fill("09{2:02}{3}123", n)
        )
        for n in range(MOST_FORMER + 1)
    )
    case = attrs.evolve(cast.answered_case(), sender=senders[0], former_senders=(*senders[1:], WHO))
    began = time.process_time()
    assert find_shown(case, f"{(text * 1_500)[:18_000]} Trần Văn Bí") == ("name",)
    assert time.process_time() - began < 3


WHO = Sender(name="Trần Văn Bí", address="Số 1, Phố Kín", phone="0912345678", email="bi@vidu.vn")


def fields_in(text, sender=WHO, **how):
    """Return which fields of the sender a text gives, of a case with this sender."""
    case = attrs.evolve(cast.answered_case(), sender=sender, **how)
    return "|".join(find_shown(case, text)) or None


SEVERAL = {"phone": "0218 383 1022 / 02183.831.023, con: 0912345678"}
# what the sender gave, a text, and the field that the text shows (R45)
SHOWN = (
    # a name of several words, with any joint, without marks, in capitals, beside a digit
    *(
        ({"name": "Trần Văn Bí"}, f"Ông {text} đã hỏi", "name")
        for text in (
            "Trần-Văn-Bí", "Trần_Văn_Bí", "trần.văn.bí", "Trần - Văn - Bí", "TRAN VAN BI",
            "Trần\u00a0Văn\u202fBí", "Trần Văn Bí2", "1TRẦN VĂN BÍ", "tran-van_bi, 12 tuổi",
            "Trần, Văn Bí",
        )
    ),
    ({"name": "Trần-Văn-Bí"}, "Ông tran van bi hỏi.", "name"),
    ({"name": "Trần.Văn_Bí"}, "Ông tran van bi hỏi.", "name"),
    ({"name": "Bo"}, "Ông Bo", "name"),
    ({"name": "bo"}, "gửi ông bo", "name"),
    # titles and notes around a name, in the field or in the text, and two people in one field
    *(
        ({"name": given}, "Bà Trần Văn Bí (chủ hộ) hỏi.", "name")
        for given in (
            "Lê Na & Trần Văn Bí", "Ông Trần Văn Bí", "Trưởng thôn: Trần Văn Bí",
            "Bà (chủ hộ) Trần Văn Bí",
            "TRẦN VĂN BÍ SN 1970", "Trần Văn Bí - tổ 5, 0912345678", "Lê Na và chồng Trần Văn Bí",
            "Đ/c Trần Văn Bí cán bộ", "Ông/bà Trần Văn Bí; Lê Na", "Trần Văn Bí con bà Na",
            "gia đình ông Trần Văn Bí sinh năm 1970",
        )
    ),
    ({"name": "Bà Mây (chủ hộ)"}, "bà Mây hỏi", "name"),
    ({"name": "Bà Mây (chủ hộ)"}, "Trời nhiều mây, chủ hộ hỏi", None),
    ({"name": "An"}, "bảo đảm an toàn", None),
    ({"name": "Bình"}, "Sở ở Hòa Bình, tỉnh Thái Bình", None),
    ({"name": "Bình"}, "Chào Bình, đã rõ", "name"),
    ({"name": "Bình"}, "Bình hỏi", "name"),
    ({"name": "Bình"}, "GỬI BÀ BÌNH", "name"),
    ({"name": "Bình"}, "Gửi. Bình hỏi", "name"),
    ({"name": "Nguyễn Ngọc Anh"}, "Nguyễn Ngọc Bích và anh Nguyễn Văn", None),
    ({"name": "Nguyễn Văn Trưởng"}, "Nguyễn Văn Bích, trưởng thôn", None),
    ({"email": "không có"}, "không có phí", None),
    ({"email": "mai@vidu"}, "thư mai@vidu", "email"),
    ({"phone": "0905060708"}, "chín không năm không sáu không bảy không tám", "phone"),
    ({"email": "cong.an@hoabinh.vn"}, "Công an Hòa Bình", None),
    # part of another word, one letter, and what was not given
    *(
        ({"name": given}, f"Về {text}.", None)
        for given, text in (
            ("Bí", "bị"), ("Bí", "Bích"), ("Bí", "bi"), ("Bí", "Bí2"), ("An", "Lan, Anh, 2An"),
            ("Văn Bí", "Văn Bích"), ("Văn Bí", "Đoàn vẫn bịt"), ("B", "ông B"),
            ("Trần Văn Bí", "Trần Văn, ông Bì"),
        )
    ),
    *(({"phone": "0218 3831022"}, f"Về {text}.", None) for text in ("Đại hội XX", "None", "-")),
    # an address of two parts is found whole, and a house by its whole number
    *(({"address": "Số 1, Phố Kín"}, f"Nhà ở {text}.", None) for text in ("Số 1", "Phố Kín")),
    ({"address": "Số 1, Phố Kín"}, "Nhà ở Số 1, Phố Kín.", "address"),
    ({"address": "12 Lò Văn"}, "Nhà ở 12 Lò Văn.", "address"),
    *(
        ({"address": "Xóm Chợ, xã Xuân Phong"}, f"Ở {text} xã Xuân Phong.", found)
        for text, found in (("xóm Chợ thuộc", "address"), ("chợ", None), ("chợ của", None))
    ),
    *(
        ({"address": "Tổ 5 phường Phương Lâm, TP Hòa Bình"}, f"Ở {text}.", "address")
        for text in (
            "tổ 5, phường Phương Lâm", "tổ 05 P. Phương Lâm", "Tổ 5 \u2013 Phương Lâm",
            "to 5 phuong lam",
            "phường Phương Lâm, tổ dân phố 5",
        )
    ),
    *(
        ({"address": "Tổ 5, phường Phương Lâm, TP Hòa Bình"}, f"Ở {text}.", None)
        for text in ("tổ 15, phường Phương Lâm", "khoản 5 phường Phương Lâm", "tổ 5", "tổ 5, xã Mỗ")
    ),
    # as people are called: a title and the given name, initials, without the name in between
    *(
        ({"name": "Nguyễn Văn An"}, f"{text} phản ánh.", "name")
        for text in (
            "Ông An ở tổ 3", "Nguyễn An", "Công dân An", "Ông N.V.An", "anh Văn An",
            "Gửi Ng. Văn An", "Gửi Ng Văn An", "Gửi Ng. An",
        )
    ),
    *(
        ({"name": "Nguyễn Văn An"}, text, None)
        for text in ("Ông Bình An đến.", "Ông an tâm.", "Công an xã.", "Ông Lê An.", "Nguyễn Bí")
    ),
    *(
        ({"address": "Số 45, đường Trần Hưng Đạo, phường Phương Lâm, TP Hòa Bình"}, text, "address")
        for text in ("Nhà 45 Trần Hưng Đạo, phường Phương Lâm", "số 45 Trần Hưng Đạo")
    ),
    *(({"phone": "0218 383 1022"}, f"Gọi {text}.", "phone") for text in ("383 1022", "3831022")),
    *(
        ({"phone": "0218 383 1022"}, f"Gọi {text}, 8 giờ.", "phone")
        for text in ("383.10.22", "3.831.022", "383-10-22", "(383) 10 22")
    ),
    *(({"phone": "0218 383 1022"}, f"Phí {text} đồng.", None) for text in ("3.831.023", "383.10")),
    *(
        ({"phone": given}, f"Gọi số {text}.", "phone")
        for given in ("0912 831 022", "0218.3 831 022")
        for text in (
            "831 022", "831.022", "83-10-22", "831022 hai lần", "831 022\n2", "831 022 đồng chí",
            "tám ba một không hai hai", "(831) 022", "831 - 022", "831\u2013022", "1. 831 022. 2",
        )
    ),
    *(
        ({"phone": "0912 831 022"}, f"Về {text}.", None)
        for text in (
            "831.022 đồng", "831.022đ", "831 022 VNĐ", "831.022.000 đồng", "831022/QĐ-UBND",
            "0218 831 022", "3 831 022", "28.831022", "8310220", "31 022", "831, 022",
        )
    ),
    *(({"phone": "0912 383 1022"}, f"Gọi {text}.", "phone") for text in ("383 1022", "383.10.22")),
    # a company, by any short form of its kind
    *(
        ({"name": given}, f"Về {text}.", "name")
        for given in ("Cty TNHH Mỗ Na", "Công ty cổ phần Mỗ Na", "HKD Mỗ Na", "Hộ kinh doanh Mỗ Na")
        for text in ("CTCP Mỗ Na", "Cty. Mỗ Na", "công ty TNHH MTV Mỗ Na", "HKD Mỗ Na")
    ),
    *(
        ({"name": given}, text, None)
        for given, text in (
            ("Cty TNHH An Phát", "công ty phát hành hóa đơn, phát sinh an toàn"),
            ("Công ty TNHH Hòa Bình", "UBND tỉnh Hòa Bình, công ty ở Hòa Bình"),
            ("HKD Thành Công", "hộ kinh doanh đã nộp thành công"), ("Công ty", "Công ty đã nộp"),
        )
    ),
    # what stands before the @, if it is long and is no word and no part of the address of a page
    *(
        ({"email": given}, f"Zalo {text} nhé.", "email")
        for given, text in (("tranvanbi@vidu.vn", "TranVanBi"), ("bi1985@vidu.vn", "bi1985"))
    ),
    *(
        ({"email": given}, f"Nộp {text}.", None)
        for given, text in (
            ("dichvucong@vidu.vn", "tại https://dichvucong.gov.vn/a"), ("nhuong@vidu.vn", "nhuong"),
            ("online@vidu.vn", "online"), ("hoabinh1@vidu.vn", "ở Hòa Bình"),
        )
    ),
    ({"address": "5"}, "Điều 5.", None),
    ({"address": "12 Lò Văn"}, "Nhà ở 212 Lò Văn.", None),
    ({"address": "Ngõ 12"}, "Về ngo 123.", None),
    ({"email": "van.bi@vidu.vn"}, "Về van bi@vidu vn.", "email"),
    # a mobile number that begins like the code of the country, several numbers, odd ones
    *(
        ({"phone": "0848123456"}, f"Gọi {text}", "phone")
        for text in ("0848 123 456", "+84 848 123 456", "848123456")
    ),
    ({"phone": "0848123456"}, "Gọi 8123456", "phone"),
    *((SEVERAL, text, "phone") for text in ("02183831022", "0218-3831023", "84912345678")),
    (SEVERAL, "gọi 02183999999", None),
    ({"phone": "1234 5678 9876 5432"}, "Gọi 1234 5678 9876 5432.", "phone"),
    ({"phone": "1234 5678 9876 5432"}, "Gọi 1234 5678 9876 543.", None),
    ({"phone": "1234 5678"}, "Gọi 12345678", "phone"),
    ({"phone": "123 4567"}, "Gọi 1234567", None),
    ({"phone": "3852 123"}, "Gọi 385.2123", "phone"),
    ({"phone": "038310221"}, "Gọi +84 38310221.", "phone"),
    # a long address by its first two parts: the number alone, or the ward, is anybody's
    *(
        ({"address": f"Số 1, Phố Kín{end}, Hòa Bình"}, f"Nhà ở {text}.", field)
        for end in ("", ", phường Phương Lâm")
        for text, field in (
            ("Số 1, Phố Kín, phường Phương Lâm, Hòa Bình", "address"), ("Số 1, Phố Kín", "address"),
            ("so 1 pho kin", "address"), ("Số 1", None), ("Phố Kín, phường Phương Lâm", None),
            ("phường Phương Lâm, Hòa Bình", None),
        )
    ),
    # a phone number with 0, 84, 0084 or nothing before it, and with any separators
    *(
        ({"name": "Bí", "phone": given}, f"Gọi {text} nhé", field)
        for given in ("0912345678", "+84 912 345 678", "84912345678", "912345678")
        for text, field in (
            ("0912 345 678", "phone"), ("84912345678", "phone"), ("+84(0)912-345-678", "phone"),
            ("0084.912.345.678", "phone"), ("912345678", "phone"), ("0912/345/678", "phone"),
            ("0912_345_678", "phone"), ("0 9 1 2 3 4 5 6 7 8", "phone"),
            ("0912\u2013345\u2013678", "phone"),
            ("\u0660\u0669\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "phone"),
            ("0912345687", None),
        )
    ),
    ({"name": "tran thi bich"}, "Chị Bích", "name"),
    ({"name": "Tran Thi Bich"}, "bích chương", None),
    ({"name": "Bí (CCCD 017188001234)"}, "Thẻ 017 188 001 234", "name"),
    ({"address": "Số 5 phố Mẫu, CMND 113456789"}, "Thẻ 113456789", "address"),
    ({"address": "Số 5 phố Mẫu, CMND 113456789"}, "Thẻ 113456780", None),
)  # fmt: skip
# the id by which a portal knows the sender: a short number tells nobody
IDS = (
    ("001089012345", "công dân 001089012345", True),
    ("001089012345", "CCCD 001 089 012 345", True),
    ("001089012345", "công dân 001089012346", False),
    ("user-17", "tài khoản USER-17", True),
    ("user-17", "tài khoản user-171", False),
    ("1022", "Gọi 1022", False),
    ("ab", "tài khoản AB", True),
    ("cd-17", "tài khoản CD17", True),
    ("u-17", "khu U 17", False),
)


def test_what_a_text_shows_of_the_sender():
    """R45: however it is written, but not what only looks alike, or is anybody's."""
    for given, text, field in SHOWN:
        assert fields_in(text, Sender(**given)) == field, (given, text)
    for key, text, is_given in IDS:
        assert fields_in(text, sender_id=key) == ("id" if is_given else None)


@pytest.mark.parametrize("change", [str, str.lower, lambda it: it.replace("-", " ")])
def test_the_tracking_code_is_not_published(change):
    """R45: whoever has the code is the citizen to the desk, so no text gives it."""
    code = "01AB-2CDE-3FGH-4JKMN"
    assert fields_in(f"Mã tra cứu: {change(code)}.", code=code) == "code"
    assert fields_in(change(code).replace("-", "\u2013").replace("0", "O"), code=code) == "code"
    assert fields_in(f"Mã {code[:-2]}PP", code=code) is None


def test_what_was_corrected_is_not_published_either():
    """R40, R45: the sender's name and contact of before a completion are theirs all the same."""
    case = cast.received_case(sender=WHO)
    newer = Sender(name="Trần Văn Bính", phone="0987654321", address="Số 8", email="binh@vidu.vn")
    case = cast.record(case, a.Complete(by=cast.OPERATOR, sender=newer))
    case = cast.record(case, a.Complete(by=cast.OPERATOR, sender=Sender(address="Số 9, Phố Mới")))
    text = "Trần Văn Bí, 0912345678, Số 1, Phố Kín, bi@vidu.vn"
    assert find_shown(case, text) == ("name", "address", "email", "phone")
    assert find_shown(case, "Trần Văn Bính ở số 8") == ("name", "address")
    told = a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH, text=text)
    assert cast.refuse_citing(case, told) == [("names_sender", "8.1.c2")]
    assert "Phố Kín" not in repr(case) + str(case.as_dict(personal=True))


def test_the_accused_is_found_wherever_the_tone_stands():
    """R45: the id of an accused is the same id in the other spelling of its rhyme."""
    case = attrs.evolve(cast.answered_case(), accused=(Accused(id="CB-Hòa", unit=cast.HEALTH),))
    assert cast.refuse(case, a.Publish(by=cast.OPERATOR, text="Về CB-Hoà")) == ["names_accused"]


PROPOSE = a.Commend(by=cast.LEADERSHIP, text="Đề nghị khen")


def test_the_head_of_the_unit_proposes():
    """16.1, 16.1.p2: the head of each unit that handled the case, and then not the leadership."""
    case = cast.answered_case()
    twice = cast.record(cast.record(case, a.Commend(by=cast.HEAD, text="Đề nghị khen")),
                        a.Commend(by=cast.HEAD, text="x"))  # fmt: skip
    assert (twice.commended, cast.refuse_citing(case, PROPOSE)) == (
        2,
        [("unit_proposes", "16.1.p2")],
    )
    other = Person(id="tt-2", role="agency_head", unit=cast.LAND)
    assert cast.refuse(case, a.Commend(by=other, text="x")) == ["not_handling_unit"]


def test_where_no_unit_handled_it_the_leadership_proposes():
    """16.1.p2: of what the operator answered, with the leadership's opinion or without."""
    answer = a.Answer(by=cast.OPERATOR, text="Đã rõ")
    for case in (cast.received_case(), cast.record(cast.at_leadership(), cast.OPINION)):
        case = cast.record(case, answer)
        assert cast.is_recorded(case, PROPOSE)
        assert cast.refuse(case, a.Commend(by=cast.HEAD, text="x")) == ["not_handling_unit"]
