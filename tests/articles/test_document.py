"""A second document has clauses of its own, cited with its number (Art. 17.2)."""

import pytest

from phananh.articles import ARTICLES, DECISION_2370, Article, Document
from phananh.errors import InputError, UnknownArticleError
from phananh.plain_data import item_to_plain

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
