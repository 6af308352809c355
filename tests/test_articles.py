"""The registry of clauses: complete, in order, cited in two languages, strict about ids."""

import unicodedata

import attrs
import pytest

from phananh.articles import ARTICLES, DECISION_2370, Article, Document
from phananh.errors import InputError, UnknownArticleError
from phananh.plain_data import item_to_plain
from tests.carriers import carrier

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
    assert len(ARTICLES) == 65
    assert printed() == PRINTED


def test_an_article_is_a_value():
    """Two articles with one id are equal, hash alike, and cannot be changed."""
    assert Article("9.1") == Article("9.1") != Article("9.2")
    assert {Article("9.1"): "5 h"}[Article("9.1")] == "5 h"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Article("9.1").id = "9.2"


def test_str_is_the_id():
    """An article prints as its id, and its repr is code that makes it again."""
    assert str(Article("8.1.c2")) == "8.1.c2"
    assert repr(Article("8.1.c2")) == "Article(id='8.1.c2')"


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


@pytest.mark.parametrize(
    ("clause", "file"),
    [
        ("9.3", "regulation/reschedule.py"),
        ("9.1", "regulation/deadline.py"),
        ("8.1.c2", "regulation/conduct.py"),
        ("8.1.a", "regulation/lifecycle.py"),
        ("2.2", "regulation/publication.py"),
        ("6.c", "regulation/intake.py"),
        ("7.1", "regulation/receipt.py"),
        ("16.1.p2", "regulation/publication.py"),
        ("12.1", None),
    ],
)
def test_a_clause_is_found_in_its_file(clause, file):
    """The page of the articles names the file that a reader of the clause looks for."""
    assert carrier(clause) == file


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
    assert (article.short_text("en"), article.short_text("vi")) == (
        "Art. 3(2)(a)",
        "điểm a khoản 2 Điều 3",
    )
    assert (article.clause, article.number) == ("3.2.a", "61/2018/NĐ-CP")


def test_the_register_of_a_document_is_its_articles():
    """Every clause of a register can be cited, in its order."""
    assert [each.clause for each in DECREE.articles] == ["3.2", "3.2.a", "19"]
    assert DECISION_2370.articles == ARTICLES
    assert DECISION_2370.article("9.1") == Article("9.1")


def test_a_summary_is_in_a_language_of_the_register():
    """A language that the register lacks gets its first; without a register there is none."""
    assert DECREE.article("19").summary("vi") == "Sample article"
    assert Article("19@61/2018/NĐ-CP").summary("vi") == ""
    assert Article("9.1").summary("en").startswith("One-stop officers")


def test_an_id_read_from_a_store_is_the_same_clause():
    """A stored id equals the clause that it was made of, and keeps its words."""
    stored = Article("3.2@61/2018/NĐ-CP")
    assert stored == DECREE.article("3.2")
    assert hash(stored) == hash(DECREE.article("3.2"))
    assert stored != Article("3.2")
    plain = item_to_plain("article", stored.id, "en")
    assert plain == {"article": stored.id, "article_text": "Art. 3(2) of 61/2018/NĐ-CP"}


def test_an_unknown_clause_is_refused():
    """A clause that the register lacks is refused, with the nearest ones and the document."""
    with pytest.raises(
        UnknownArticleError, match="'3' is not a clause of 61/2018/NĐ-CP; the closest"
    ):
        DECREE.article("3")
    with pytest.raises(UnknownArticleError, match="not a clause of the Regulation"):
        Article("3.2@ ")
    for wrong in ("@", ".", " ", "@1/A", ".@1/A", "1..2@1/A", "a b@1/A", "1@a\nb", "1@2@3", None):
        with pytest.raises(UnknownArticleError):
            Article(wrong)
    with pytest.raises(UnknownArticleError):
        DECREE.article(["3.2"])


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
