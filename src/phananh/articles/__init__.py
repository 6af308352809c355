"""Documents, and the clauses that the code cites by id: where each rule is written."""

from phananh.articles.article import ARTICLES, DECISION_2370, Article, Document, is_article
from phananh.articles.clauses_2370 import CLAUSES, OUTSIDE, PARTLY_OUTSIDE

__all__ = [
    "ARTICLES",
    "CLAUSES",
    "DECISION_2370",
    "OUTSIDE",
    "PARTLY_OUTSIDE",
    "Article",
    "Document",
    "is_article",
]
