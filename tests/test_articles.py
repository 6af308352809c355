"""The registry of clauses: complete, in order, cited in two languages, strict about ids."""

import json
import os
import unicodedata
from pathlib import Path

import attrs
import pytest

from phananh.articles import (
    ARTICLES,
    CLAUSES,
    DECISION_2370,
    OUTSIDE,
    PARTLY_OUTSIDE,
    Article,
    Document,
)
from phananh.errors import InputError, UnknownArticleError
from phananh.plain_data import item_to_plain
from phananh.regulation.readings import READINGS
from tests import clause_matrix, regulation_text
from tests.test_house import in_registry

PRINTED = """\
QD.1    | Điều 1 Quyết định                | Decision, Art. 1
QD.2    | Điều 2 Quyết định                | Decision, Art. 2
QD.3    | Điều 3 Quyết định                | Decision, Art. 3
1.1.a   | điểm a khoản 1 Điều 1            | Art. 1(1)(a)
1.1.b   | điểm b khoản 1 Điều 1            | Art. 1(1)(b)
1.2.a   | điểm a khoản 2 Điều 1            | Art. 1(2)(a)
1.2.b   | điểm b khoản 2 Điều 1            | Art. 1(2)(b)
1.2.c   | điểm c khoản 2 Điều 1            | Art. 1(2)(c)
1.2.d   | điểm d khoản 2 Điều 1            | Art. 1(2)(d)
2.1     | khoản 1 Điều 2                   | Art. 2(1)
2.2     | khoản 2 Điều 2                   | Art. 2(2)
3.1     | khoản 1 Điều 3                   | Art. 3(1)
3.2     | khoản 2 Điều 3                   | Art. 3(2)
3.3     | khoản 3 Điều 3                   | Art. 3(3)
3.4     | khoản 4 Điều 3                   | Art. 3(4)
3.5     | khoản 5 Điều 3                   | Art. 3(5)
4.1     | khoản 1 Điều 4                   | Art. 4(1)
4.2     | khoản 2 Điều 4                   | Art. 4(2)
4.3     | khoản 3 Điều 4                   | Art. 4(3)
5.1     | khoản 1 Điều 5                   | Art. 5(1)
5.2     | khoản 2 Điều 5                   | Art. 5(2)
6.a     | điểm a Điều 6                    | Art. 6(a)
6.b     | điểm b Điều 6                    | Art. 6(b)
6.c     | điểm c Điều 6                    | Art. 6(c)
7.1     | khoản 1 Điều 7                   | Art. 7(1)
7.2     | khoản 2 Điều 7                   | Art. 7(2)
7.3     | khoản 3 Điều 7                   | Art. 7(3)
8.1.a   | điểm a khoản 1 Điều 8            | Art. 8(1)(a)
8.1.b   | điểm b khoản 1 Điều 8            | Art. 8(1)(b)
8.1.c1  | điểm c (thứ nhất) khoản 1 Điều 8 | Art. 8(1)(c, first)
8.1.c2  | điểm c (thứ hai) khoản 1 Điều 8  | Art. 8(1)(c, second)
8.2.a   | điểm a khoản 2 Điều 8            | Art. 8(2)(a)
8.2.b   | điểm b khoản 2 Điều 8            | Art. 8(2)(b)
8.3     | khoản 3 Điều 8                   | Art. 8(3)
9.1     | khoản 1 Điều 9                   | Art. 9(1)
9.2     | khoản 2 Điều 9                   | Art. 9(2)
9.3     | khoản 3 Điều 9                   | Art. 9(3)
10.1.a  | điểm a khoản 1 Điều 10           | Art. 10(1)(a)
10.1.b  | điểm b khoản 1 Điều 10           | Art. 10(1)(b)
10.1.c  | điểm c khoản 1 Điều 10           | Art. 10(1)(c)
10.1.d  | điểm d khoản 1 Điều 10           | Art. 10(1)(d)
10.1.dd | điểm đ khoản 1 Điều 10           | Art. 10(1)(đ)
10.2.a  | điểm a khoản 2 Điều 10           | Art. 10(2)(a)
10.2.b  | điểm b khoản 2 Điều 10           | Art. 10(2)(b)
10.2.c  | điểm c khoản 2 Điều 10           | Art. 10(2)(c)
11.1.a  | điểm a khoản 1 Điều 11           | Art. 11(1)(a)
11.1.b  | điểm b khoản 1 Điều 11           | Art. 11(1)(b)
11.1.c  | điểm c khoản 1 Điều 11           | Art. 11(1)(c)
11.1.d  | điểm d khoản 1 Điều 11           | Art. 11(1)(d)
11.2.a  | điểm a khoản 2 Điều 11           | Art. 11(2)(a)
11.2.b  | điểm b khoản 2 Điều 11           | Art. 11(2)(b)
12.1    | khoản 1 Điều 12                  | Art. 12(1)
12.2    | khoản 2 Điều 12                  | Art. 12(2)
12.3    | khoản 3 Điều 12                  | Art. 12(3)
12.4    | khoản 4 Điều 12                  | Art. 12(4)
13.1    | khoản 1 Điều 13                  | Art. 13(1)
13.2    | khoản 2 Điều 13                  | Art. 13(2)
14      | Điều 14                          | Art. 14
15      | Điều 15                          | Art. 15
16.1    | khoản 1 Điều 16                  | Art. 16(1)
16.1.p2 | đoạn 2 khoản 1 Điều 16           | Art. 16(1), para. 2
16.2    | khoản 2 Điều 16                  | Art. 16(2)
16.3    | khoản 3 Điều 16                  | Art. 16(3)
17.1    | khoản 1 Điều 17                  | Art. 17(1)
17.2    | khoản 2 Điều 17                  | Art. 17(2)
"""


def printed() -> str:
    """Return every clause with its two citations, as a table of three columns."""
    return "".join(f"{a!s:7} | {a.vi:32} | {a.en}\n" for a in ARTICLES)


def test_printed_list():
    """The Regulation has these 65 clauses, in this order, and they are cited like this."""
    assert (len(ARTICLES), printed()) == (65, PRINTED)


def test_an_article_is_a_value():
    """Two articles with one id are equal, hash alike, and cannot be changed."""
    assert Article("9.1") == Article("9.1") != Article("9.2")
    assert {Article("9.1"): "5 h"}[Article("9.1")] == "5 h"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Article("9.1").id = "9.2"


def test_str_is_the_id():
    """An article prints as its id, and its repr is code that makes it again."""
    assert (str(Article("8.1.c2")), repr(Article("8.1.c2"))) == ("8.1.c2", "Article(id='8.1.c2')")


@pytest.mark.parametrize(
    ("wrong", "closest"),
    [
        pytest.param("9.4", "9.1, 9.2, 9.3", id="one too far"),
        pytest.param("8.1.c", "8.1.b, 8.1.c1, 8.1.c2", id="the doubled point c"),
        pytest.param("9", "9.1, 9.2, 9.3", id="a whole article"),
        pytest.param("Art. 9.1", "9.1, 9.2, 9.3", id="a citation"),
        pytest.param(9.1, "9.1, 9.2, 9.3", id="a number"),
    ],
)
def test_unknown_clause(wrong, closest):
    """An id that is not in the Regulation raises at once and names its neighbours."""
    with pytest.raises(UnknownArticleError) as caught:
        Article(wrong)
    assert isinstance(caught.value, LookupError)
    said = f"article: {wrong!r} is not a clause of the Regulation; the closest are {closest}"
    assert str(caught.value) == said
    assert caught.value.text("vi").endswith(f"gần giống: {closest}")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_summaries(lang):
    """Each clause has a line of its own in each language, whole and without a full stop."""
    lines = [article.summary(lang) for article in ARTICLES]
    assert len({*lines}) == len(lines)
    for line in lines:
        assert line == line.strip() == unicodedata.normalize("NFC", line)
        assert line[0].isupper() or line[0].isdigit()
        assert not line.endswith(".")
        assert len(line) <= 240


@pytest.mark.parametrize("misprint", ["Công tiếp nhận", "hện", "chậm chễ", "đề đơn vị"])
def test_misprints_stay_out(misprint):
    """The signed text's misprints (2.2, 7.1, 8.1.c2, 9.3) are not in our words."""
    assert not [article for article in ARTICLES if misprint in article.summary("vi")]


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("9.1", {"vi": "5 giờ làm việc", "en": "5 working hours"}),
        ("9.2", {"vi": "8 giờ làm việc", "en": "8 working hours"}),
        ("9.3", {"vi": "một lần", "en": "once"}),
        ("3.1", {"vi": "100%", "en": "100%"}),
    ],
)
def test_the_only_numbers(article, words):
    """The numbers of the Regulation stand in both paraphrases of their clause."""
    for lang, word in words.items():
        assert word in Article(article).summary(lang)


def test_a_clause_is_done_and_proved_or_outside_with_a_reason():
    """Each has functions and tests that cite it, or a reason in both languages, and never both."""
    matrix, functions = json.loads(clause_matrix.build()), clause_matrix.functions()
    assert [clause for clause, both in matrix.items() if not all(both)] == []
    assert [clause for clause in OUTSIDE if clause_matrix.choose(functions, clause)] == []
    assert {*matrix} | {*OUTSIDE} == {*CLAUSES}
    assert PARTLY_OUTSIDE.keys() <= matrix.keys()
    for reasons in (*OUTSIDE.values(), *PARTLY_OUTSIDE.values()):
        assert all(reasons)
        assert len({*reasons}) == 2


def test_what_a_test_cites_is_there():
    """No test cites a clause or a reading that there is not, in its docstring or its name."""
    known = {reading.id for reading in READINGS}
    wrong = {
        (name, place)
        for name, places in clause_matrix.proofs().items()
        for place in places - known
        if "." in place or place.startswith("R") or place in CLAUSES
        if not in_registry(place)
    }
    assert wrong == set()


def test_how_a_test_cites():
    """At the beginning of its docstring, as Art. anywhere in it, and by its name."""
    for name, text, places in (
        ("test_once", "9.3, R5: the first does not count.", {"9.3", "R5"}),
        ("test_8_1_c1_told", "A time is told (Art. 10.1.dd).", {"8.1.c1", "10.1.dd"}),
        ("test_8_who", "QD.2: from the day of signing.", {"8", "QD.2"}),
        ("test_9_4_never", "Five hours: 9.1 says so.", {"9.4"}),
        ("test_any", "In 9.5 seconds, or NĐ 61, 19.9.", set()),
    ):
        assert clause_matrix.cited_by_test(name, text) == places


def test_a_clause_leads_to_what_does_it():
    """The desk's step comes first, then the file that is about the clause."""
    for clause, name in (
        ("9.3", "Desk.reschedule"),
        ("9.3", "regulation.reschedule.due_not_passed"),
        ("8.1.c2", "Desk.notify_unit"),
        ("6.c", "regulation.intake.contact_given"),
        ("16.1.p2", "regulation.publication.no_unit_handled"),
    ):
        assert name in clause_matrix.choose(clause_matrix.functions(), clause)


def test_no_paraphrase_changes_alone():
    """Each is as it was when somebody read it beside its paragraph of the signed text."""
    ours = {clause: regulation_text.digest(*texts) for clause, texts in CLAUSES.items()}
    assert {clause: both[1] for clause, both in regulation_text.read().items()} == ours


def test_the_paragraphs_are_those_of_the_signed_text():
    """The text in the file that PHANANH_TEST_REGULATION names has these paragraphs, all 65."""
    if not (path := os.environ.get("PHANANH_TEST_REGULATION")):
        pytest.skip("the signed text is not checked: PHANANH_TEST_REGULATION names no file of it")
    assert regulation_text.tie(Path(path).read_text("utf-8")) == regulation_text.read()


def test_a_text_is_cut_into_its_paragraphs():
    """A page break cuts none, a second point c is c2, đ is dd, and a second paragraph p2."""
    text = """Điều 2. Hiệu lực.\n\nNơi nhận: A\n\nQUY CHẾ

Chương I\n\nQUY ĐỊNH

Điều 6. Yêu cầu

a) Tiếng\u00a0 Việt.

Điều 8. Xử lý

1. Nội dung

c) Xác minh

và trả lời.

c) Báo đơn vị.

Điều 10. Trách nhiệm

1. Đơn vị

đ) An ninh.

Điều 15. Báo cáo

Hằng tháng.

Điều 16. Khen thưởng

1. Khen người gửi.

Thủ trưởng đề xuất.

CHỦ TỊCH

Không thuộc Quy chế"""
    assert regulation_text.split(unicodedata.normalize("NFD", text)) == {
        "QD.2": "Điều 2. Hiệu lực.",
        "6.a": "a) Tiếng Việt.",
        "8.1.c1": "c) Xác minh và trả lời.",
        "8.1.c2": "c) Báo đơn vị.",
        "10.1.dd": "đ) An ninh.",
        "15": "Điều 15. Báo cáo Hằng tháng.",
        "16.1": "1. Khen người gửi.",
        "16.1.p2": "Thủ trưởng đề xuất.",
    }


# A second document has clauses of its own, cited with its number (Art. 17.2).
DECREE = Document(
    number="61/2018/NĐ-CP",
    clauses={"3.2": "Sample clause", "3.2.a": "Sample point", "19": "Sample article"},
    languages=("en",),
)


def test_a_clause_of_another_document_is_cited_with_its_number():
    """The id and both citations say of which document a clause is."""
    article = DECREE.article("3.2.a")
    assert article.id == "3.2.a@61/2018/NĐ-CP"
    assert article.vi == "điểm a khoản 2 Điều 3 của 61/2018/NĐ-CP"
    assert article.en == "Art. 3(2)(a) of 61/2018/NĐ-CP"
    assert (article.short_text(), article.short_text("vi")) == (
        "Art. 3(2)(a)",
        "điểm a khoản 2 Điều 3",
    )
    assert (article.clause, article.number) == ("3.2.a", "61/2018/NĐ-CP")


def test_the_register_of_a_document_is_its_articles():
    """Every clause of a register can be cited, in its order."""
    assert [each.clause for each in DECREE.articles] == ["3.2", "3.2.a", "19"]
    assert (DECISION_2370.articles, DECISION_2370.article("9.1")) == (ARTICLES, Article("9.1"))


def test_a_summary_is_in_a_language_of_the_register():
    """A language that the register lacks gets its first; without a register there is none."""
    assert DECREE.article("19").summary("vi") == "Sample article"
    assert Article("19@61/2018/NĐ-CP").summary("vi") == ""
    assert Article("9.1").summary().startswith("One-stop officers")


def test_an_id_read_from_a_store_is_the_same_clause():
    """A stored id equals the clause that it was made of, and keeps its words."""
    stored = Article("3.2@61/2018/NĐ-CP")
    assert (stored, hash(stored)) == (DECREE.article("3.2"), hash(DECREE.article("3.2")))
    assert stored != Article("3.2")
    plain = item_to_plain("article", stored.id, "en")
    assert plain == {"article": stored.id, "article_text": "Art. 3(2) of 61/2018/NĐ-CP"}


def test_an_unknown_clause_is_refused():
    """A clause that the register lacks is refused, with the nearest ones and the document."""
    blank = (
        "@", ".", " ", "@1/A", ".@1/A", "1..2@1/A", "a b@1/A", "1@a\nb", "1@2@3", None, "3.2@ ",
    )  # fmt: skip
    for make, wrong, problem in (
        (DECREE.article, "3", "'3' is not a clause of 61/2018/NĐ-CP; the closest"),
        (DECREE.article, ["3.2"], "not a clause of 61/2018/NĐ-CP"),
        *((Article, each, "not a clause of the Regulation") for each in blank),
    ):
        with pytest.raises(UnknownArticleError, match=problem):
            make(wrong)


def test_a_point_p_is_no_paragraph():
    """A letter p alone is a point, and a p with a number a paragraph."""
    assert (Article("3.2.p@1/A").en, Article("3.2.p2@1/A").en) == (
        "Art. 3(2)(p) of 1/A",
        "Art. 3(2), para. 2 of 1/A",
    )


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("number", {"number": " ", "clauses": {"1": "x"}}),
        ("number", {"number": "1@2", "clauses": {"1": "x"}}),
        *(("number", {"number": n, "clauses": {}}) for n in (None, 5, "a\nb", "a\u200b", "\ud800")),
        ("number", {"number": " 1/A", "clauses": {"1": "x"}}),
        *(
            ("clauses", {"number": "1", "clauses": {each: ("x", "y")}})
            for each in (" ", ".", "1..2", "1.", "a b", "1\n", "1\u200b", 1, None, ("1",))
        ),
        ("clauses", {"number": "1", "clauses": {"": ("x", "y")}}),
        ("clauses", {"number": "1", "clauses": {"1@2": ("x", "y")}}),
        ("clauses", {"number": "1", "clauses": {"1": "one language of two"}}),
    ],
)
def test_a_register_that_cannot_be_cited_is_refused(field, given):
    """A document without a number, or with a clause that has no id or text, is refused."""
    with pytest.raises(InputError) as refused:
        Document(**given)
    assert refused.value.field == field
    assert refused.value.text("vi")
