"""What the public may read: proposals that name nobody, what waits, and feeds."""

import json
import random
import re
import unicodedata
from xml.etree import ElementTree

import pytest

from phananh import Accused, Desk, Kind, MemoryStore, Person, Sender
from phananh.office import list_publications, propose_publication
from tests.desk.people import OFFICER, OPERATOR, SENDER, Hand, a_case

HOME = "https://example.vn/hoi-dap"
LEADER = Person(id="GD-1", role="leadership")
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Bùi", "Đinh", "Quách", "Hà", "Đỗ", "Xa"]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Thu"]
GIVEN = ["Mẫu", "Bích", "Tám", "Hòa", "Thúy", "Lý", "Quý", "An", "Đạt", "Ngọc", "Sơn", "Giang"]
STREETS = ["Lê Lợi", "Trần Hưng Đạo", "Cù Chính Lan", "Hoàng Văn Thụ"]
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
FILLERS = (
    "Tôi nộp hồ sơ ngày 05/03/2026 theo Quyết định số 2370/QĐ-UBND",
    "Lệ phí là 1.200.000 đồng, tổng dự án 12.500.000.000 đồng",
    "Mời gọi Tổng đài 02183.1022 hoặc đến Bộ phận Một cửa",
    "Thời hạn giải quyết là 08 giờ làm việc theo khoản 2 Điều 9",
    "Từ 02.03.2026 đến 31-12-2026, giai đoạn 2026-2030, hoặc gọi 1900 1022",
    "Kính gửi Ông/Bà. Trung tâm trả lời việc phát sinh ngày 07/04/2026",
)


def bare(text):
    """Return a text in small letters without marks."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def a_name(draw):
    """Return a name of three words or four."""
    middle = draw.sample(MIDDLES, draw.choice((1, 1, 2)))
    return " ".join((draw.choice(FAMILIES), *middle, draw.choice(GIVEN)))


def ways_to_say_name(name):
    """Return how people write a name."""
    first, *_, last = name.split()
    return (
        name, name.upper(), bare(name), f"ông {last}", f"Bà {name}", f"chị {first} {last}",
        unicodedata.normalize("NFD", name), name.replace(" ", "\u00a0"), f"**{name}**",
    )  # fmt: skip


def ways_to_say_number(digits):
    """Return how people write a telephone number."""
    return (
        digits, f"{digits[:4]} {digits[4:7]} {digits[7:]}", f"{digits[:4]}.{digits[4:]}",
        f"+84 {digits[1:]}", f"84-{digits[1:4]}-{digits[4:]}", f"đuôi {digits[-6:]}",
        " ".join(DIGITS[int(digit)] for digit in digits), f"{digits[:4]}/{digits[4:]}",
        f"{digits[:5]} , {digits[5:]}", f"({digits[:4]}){digits[4:]}",
        f"{digits[4:7]} {digits[7:]}",
    )  # fmt: skip


def a_request(draw):
    """Return a sender, texts that say much of them and of others, and what no public may read."""
    name, other, third = a_name(draw), a_name(draw), draw.choice(GIVEN)
    phone = "0" + draw.choice("35789") + "".join(draw.choices("0123456789", k=8))
    card = "0" + "".join(draw.choices("0123456789", k=11))
    email = f"{bare(name).replace(' ', '')}{draw.randrange(99)}@example.vn"
    street, house = draw.choice(STREETS), draw.randrange(1, 400)
    address = f"Số {house} đường {street}, phường Tân Hòa"
    said = [
        f"Tôi là {draw.choice(ways_to_say_name(name))}",
        f"số điện thoại {draw.choice(ways_to_say_number(phone))}",
        f"thư {draw.choice((email, email.upper(), email.replace('@', ' [at] ')))}",
        f"ở {draw.choice((address, address.lower(), bare(address), f'{house} {street}, Tân Hòa'))}",
        f"CCCD {card}",
        f"Cán bộ là {draw.choice(('ông', 'bà', 'chị'))} {other}",
        f"Hồ sơ của {other} cũng vậy",
        f"Hỏi em {third} hoặc viết cho {bare(third)}-khac@mau.vn",
        "Mã của tôi là CT-MAU-77",
        "Tôi sinh ngày 1/2/1980, đi xe 28A1-123.45, sinh năm 1980",
    ]
    texts = []
    for _ in range(2):
        parts = draw.sample(said, draw.randrange(1, 6)) + draw.sample(FILLERS, 2)
        draw.shuffle(parts)
        texts.append(draw.choice((". ", "; ", ", ", "\n")).join(parts))
    sender = Sender(name=name, phone=phone, email=email, address=address, id="CT-MAU-77")
    numbers = {phone[1:], card, phone[-6:]}
    words = {bare(name), bare(other), bare(email).partition("@")[0], bare(address), "ct-mau-77"}
    words |= {f"{title} {bare(name).split()[-1]}" for title in ("ong", "ba")}
    words |= {f"em {bare(third)}", f"{bare(third)}-khac", "1980", "28a1", "123.45"}
    words.add(bare(" ".join(DIGITS[int(digit)] for digit in phone)))
    return sender, texts, words, numbers


def check_nobody_is_named(count, seed):
    """Publish what is proposed of drawn cases, and look for their people in all that is public."""
    draw = random.Random(seed)
    desk = Desk(clock=Hand(), randbits=draw.getrandbits)
    secret = {}
    for _ in range(count):
        sender, (content, answer), words, numbers = a_request(draw)
        case = a_case(desk, content=content, sender=sender)
        case = desk.answer(case, text=f"{answer}\nMã tra cứu: {case.code}", by=OPERATOR)
        proposal = propose_publication(desk, case)
        desk.publish(case, text=proposal.text, by=OPERATOR)  # the guards agree
        secret[case.id] = words | {bare(case.code)}, numbers
        if "[…]" not in proposal.text:  # nothing is masked that names nobody
            said = [each for each in FILLERS if each in content + answer]
            assert [each for each in said if each not in proposal.text] == []
    made = list_publications(desk)
    items = json.loads(made.as_json_feed(title="Hỏi đáp", home=HOME))["items"]
    atom = ElementTree.fromstring(made.as_atom(title="Hỏi đáp", home=HOME, at=desk.now()))  # noqa: S314  # our own
    name = "{http://www.w3.org/2005/Atom}"
    entries = {
        entry.findtext(f"{name}id"): "\n".join(entry.itertext())
        for entry in atom.iter(f"{name}entry")
    }
    assert len(items) == len(entries) == len({*secret}) == count
    for item in items:
        words, numbers = secret[item["id"].partition("#")[2]]
        for shown in (item["title"] + item["content_text"], entries[item["id"]]):
            plain = " ".join(re.sub(r"[\u00a0*]", " ", bare(shown)).split())
            runs = re.findall(r"\d(?:[^\w\n]*\d)*", re.sub(r"\S+-\d\dT\S+", "", shown))
            digits = " ".join(re.sub(r"\D", "", run) for run in runs)
            assert [word for word in words if re.search(rf"\b{re.escape(word)}\b", plain)] == []
            assert [number for number in numbers if number in digits] == []
    return sum("[…]" in item["content_text"] for item in items)


def test_no_public_output_names_anybody():
    """2.2, 10.2.b: of 200 drawn cases proposal and feeds show no name, number, code or id."""
    assert 10 < check_nobody_is_named(200, seed=1) < 190


@pytest.mark.slow
def test_no_public_output_of_ten_thousand_cases_names_anybody():
    """Of 10,000 drawn cases neither."""
    check_nobody_is_named(10_000, seed=2370)


def test_a_proposal_stands_beside_the_original_with_what_was_masked():
    """What was masked is said, with what stood there, and the rest stays as it is."""
    desk = Desk(clock=Hand())
    content = (
        "Tôi là Lò Thị Mẫu, gọi 0912 345 678, thư khac@vidu.vn, mã ABCD-EFGH-JKMN-1234. "
        "Hồ sơ nộp ngày 05/03/2026 ở một cửa."
    )
    case = a_case(desk, content=content, sender=Sender(name="Lò Thị Mẫu", phone="0218 383 1022"))
    assert propose_publication(desk, case) is None
    desk.answer(case, text="Mời bà Mẫu đến nhận, gặp Tên Riêng Mẫu.", by=OPERATOR)
    found = propose_publication(desk, case.id, names=["Tên Riêng Mẫu"])
    assert found.text == (
        "Nội dung phản ánh: Tôi là [tên], gọi [số], thư [thư điện tử], mã [mã]. "
        "Hồ sơ nộp ngày 05/03/2026 ở một cửa.\n\n"
        "Trả lời: Mời bà [tên] đến nhận, gặp [tên]."
    )
    assert found.question.original == content
    assert found.question.masked == (
        ("thư điện tử", "khac@vidu.vn"),
        ("số", "0912 345 678"),
        ("mã", "ABCD-EFGH-JKMN-1234"),
        ("tên", "Lò Thị Mẫu"),
    )
    assert not found.needs_decision
    assert "0912" not in repr(found)


def test_nobody_is_named_in_public_who_is_accused_since():
    """R45: what names them is held, as it could not be published now."""
    desk = Desk(clock=Hand())
    case = desk.answer(a_case(desk).id, text="Trả lời mẫu", by=OPERATOR)
    desk.publish(case, text="Ông CB-9 đã hướng dẫn", by=OPERATOR)
    for name, public in (("CB-8", 1), ("CB-9", 0)):
        desk.complete(case.id, accused=[Accused(id=name, unit="U-9")], by=OPERATOR)
        made = list_publications(desk)
        assert (len(made.published), made.held, made.waiting) == (public, (case.id,)[public:], ())


def test_what_is_about_conduct_never_waits_with_the_rest():
    """Answered cases wait; conduct is held; refused, erased and denounced ones are gone (R56)."""
    desk = Desk(clock=Hand())
    cases = [
        a_case(desk),
        a_case(desk, kind="conduct"),
        a_case(desk, accused=[Accused(id="CB-1", unit="U-1")]),
        a_case(desk),
        a_case(desk),
        a_case(desk),
    ]
    for case in cases[:4]:
        desk.answer(case.id, text="Trả lời mẫu", by=OPERATOR)
    desk.reject(cases[4], reasons=["unclear"], guidance="mẫu", by=OPERATOR)
    desk.close(cases[4].id, by=OPERATOR)
    desk.escalate(cases[5], to=OFFICER, by=OPERATOR)
    desk.complete(cases[5].id, kind="denunciation", by=OPERATOR)
    desk.answer(cases[5].id, text="Trả lời mẫu", by=OFFICER)
    assert propose_publication(desk, cases[5].id) is None
    for text in ("Lần đầu", "Lần sau\x0b & <b>"):
        desk.publish(cases[3].id, text=text, by=OPERATOR)
    made = list_publications(desk)
    assert (made.waiting, {*made.held}) == ((cases[0].id,), {cases[1].id, cases[2].id})
    assert propose_publication(desk, cases[1].id).needs_decision
    (only,) = made.published
    assert (only.case, only.kind, only.text) == (cases[3].id, Kind.REGULATION, "Lần sau\x0b & <b>")
    assert "Lần sau &amp; &lt;b&gt;" in made.as_atom(title="a", home=HOME, at=desk.now())
    assert list_publications(desk, before=desk.now()).published == ()
    some = list_publications(desk, cases=[cases[3].id, "HB-0"])
    assert ([each.text for each in some.published], some.waiting) == ([only.text], ())
    desk.unpublish(cases[3].id, text="Có tên người", by=LEADER)
    hidden = list_publications(desk)
    assert (hidden.published, hidden.waiting) == ((), made.waiting)
    ((case, at, why),) = [(each.case, each.at, each.text) for each in hidden.withdrawn]
    assert (case, at, why) == (cases[3].id, desk.now(), "Có tên người")
    assert "Lần sau" not in hidden.as_json_feed(title="a", home=HOME)
    desk.publish(cases[3].id, text="Lần ba", by=OPERATOR)
    again = list_publications(desk)
    assert ([each.text for each in again.published], len(again.withdrawn)) == (["Lần ba"], 1)
    with pytest.MonkeyPatch.context() as between:
        between.setattr(MemoryStore, "erase", lambda *_, **_at: None)  # its second step comes later
        desk.erase(cases[3].id, by=LEADER, ground="mẫu")
        assert list_publications(desk, cases=[cases[3].id]).published == ()
    desk.erase(cases[3].id, by=LEADER, ground="mẫu")
    erased = list_publications(desk)
    assert erased.published == ()
    assert cases[3].id not in erased.waiting + erased.held
    assert propose_publication(desk, cases[3].id) is None
    feed = ElementTree.fromstring(erased.as_atom(title="a", home=HOME, at=desk.now()))  # noqa: S314  # our own
    assert feed.findtext("{*}updated") == desk.now().isoformat()


def test_an_accused_is_in_no_proposal():
    """The id of an accused is masked, and a text that shows it in pieces is left out.

    So are names that you give, and those of other people, but no words of an office.
    """
    desk, names = Desk(clock=Hand()), ["Đặng Quốc Bình", "Thu Thư Quyên", ""]
    case = a_case(desk, accused=[Accused(id="CB-77-X", unit="U-1")], sender=SENDER)
    desk.answer(case, text="Cán bộ CB-77-X đã bị nhắc nhở. C.B.7.7.X nhận lỗi", by=OPERATOR)
    assert propose_publication(desk, case.id).answer.proposed == "Cán bộ [mã] đã bị nhắc nhở. […]"
    for text, proposed in (
        ("Cán bộ Bình quát. Đ.Q. Bình hẹn lại. BÌNH (một cửa) hẹn. ĐẶNG QUỐC BÌNH nói.",
         "Cán bộ [tên] quát. [tên] hẹn lại. [tên] (một cửa) hẹn. [tên] nói."),
        *((text, text) for text in (
            "Bình thường thì được, ở tỉnh Hòa Bình, tỉnh HÒA BÌNH và Bình Dương.",
            "Vì UBND xã, Từ Bộ phận Một cửa, Lại Sở Xây dựng, Phó Văn phòng, Mã QR, Phí Bảo hiểm",
            "Quyết định 2370/QĐ-UBND, GP 123456/UBND, TCVN 5574:2018, VN 100000 đồng, QL6 Km 123",
            "HỒ SƠ CỦA TÔI, LÝ DO CHẬM, THÁI ĐỘ PHỤC VỤ của SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
            "Thu " * 40, "T. " * 40,  # so often that no form may try each way to read it
            "QUẢN LÝ VĂN BẢN, ỦY BAN NHÂN DÂN THỊ TRẤN, Công văn UBND, Chỉ thị, Đô thị Hòa Bình",
        )),
        ("Tôi thấy TRỊNH VĂN SƠN, Trịnh văn Sơn, anh ĐINH CÔNG HẢI, Khà Thị Mơ, Vì Văn Sơn",
         "Tôi thấy [tên], [tên], anh [tên], [tên], [tên]"),
        ("SÙNG A PÁO, Mùa A Sơn, Bàn Thị Hoa, Phùng Thu Lan, Tăng Văn Bốn, Ngần Mai, Nghiêm Hòa",
         ", ".join(["[tên]"] * 7)),
        ("Hộ chiếu C1234567. Sổ đỏ CQ 123456, cq123457", "Hộ chiếu [số]. Sổ đỏ [số], [số]"),
        ("TÔI LÀ VÌ THỊ THU HÀ Ở XÃ TÂN LẬP", "TÔI LÀ [tên] Ở XÃ TÂN LẬP"),
    ):  # fmt: skip
        case = desk.answer(a_case(desk, content=text), text="Đã rõ", by=OPERATOR)
        assert propose_publication(desk, case, names=names).question.proposed == proposed
    many = [Accused(id=key, unit="U-1") for key in ("CB-77-X", *(f"CB-{n}" for n in range(100)))]
    # Too many sentences for one accused, or too many accused to look at each sentence.
    for accused, count in ((many[:1], 201), (many, 12)):
        long = a_case(desk, accused=accused, content="a. " * count + "C.B.77.X")
        desk.answer(long, text="mẫu", by=OPERATOR)
        assert propose_publication(desk, long.id).question.proposed == "[…]"
