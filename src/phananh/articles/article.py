"""Documents and their clauses, by id: where a rule is written.

The id of a clause is `article.clause.point`: "9.1", "8.1.b", "6.a". A clause of Decision
2370/QĐ-UBND has that id alone. A clause of another document has the document's number behind
it, "3.2@61/2018/NĐ-CP", so that a stored id names its document too.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from phananh.articles.clauses_2370 import CLAUSES

# The signed text has two points c in 8.1, and a letter that ASCII lacks (R1).
_POINT_VI: Final = {"dd": "đ", "c1": "c (thứ nhất)", "c2": "c (thứ hai)"}
_POINT_EN: Final = {"dd": "đ", "c1": "c, first", "c2": "c, second"}
_OWN_NUMBER: Final = "2370/QĐ-UBND"


def _to_texts(clauses: Mapping[str, str | tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return each clause with its texts as a tuple, of which one needs none."""
    return MappingProxyType(
        {key: (each,) if isinstance(each, str) else (*each,) for key, each in clauses.items()}
    )


def _is_clause(text: object) -> bool:
    """Return whether a text is letters and digits, with single dots between them."""
    return isinstance(text, str) and all(map(str.isalnum, text.split(".")))


def _is_number(text: object) -> bool:
    """Return whether a text is the number of a document, as it can follow an "@"."""
    is_written = isinstance(text, str) and text.isprintable() and text == text.strip()
    return is_written and text != "" and "@" not in str(text)


@attrs.frozen(kw_only=True)
class Document:
    """A legal document: its number, and the register of its clauses.

    Args:
        number: as it is cited, such as "61/2018/NĐ-CP".
        clauses: id -> what the clause says, in one line of your own words: a text for each of
            `languages`, in their order, or one text.
        languages: the languages of the register's texts. If you ask for another one, you get
            the first.

    Raises:
        InputError: the number is blank, cannot be printed or has an "@". Or a clause has an
            invalid id, or lacks the text of a language.

    Example:
        >>> clauses = {"5": ("Trả lời", "Requests are answered")}
        >>> document = Document(number="1/QĐ-MAU", clauses=clauses)
        >>> print(document.article("5").vi, "|", document.article("5").summary())
        Điều 5 của 1/QĐ-MAU | Requests are answered
    """

    number: str
    clauses: Mapping[str, tuple[str, ...]] = attrs.field(
        converter=_to_texts, hash=False, repr=False
    )
    languages: tuple[str, ...] = attrs.field(default=("vi", "en"))

    def __attrs_post_init__(self) -> None:
        """Refuse a register that could not be cited."""
        if not _is_number(self.number):
            raise _make_error("number", "not_a_document", self.number)
        for clause, texts in self.clauses.items():
            if not _is_clause(clause) or len(texts) != len(self.languages):
                raise _make_error("clauses", "not_a_clause", clause, languages=self.languages)

    def article(self, clause: str) -> "Article":
        """Return a clause of this document, to cite.

        Raises:
            UnknownArticleError: there is no such clause. The message names the closest ones.
        """
        if self is DECISION_2370:
            return Article(clause)
        self._check_known(clause)
        return Article(f"{clause}@{self.number}", document=self)

    @property
    def articles(self) -> tuple["Article", ...]:
        """Every clause, in the order of the register."""
        return tuple(map(self.article, self.clauses))

    def summary(self, clause: str, lang: str) -> str:
        """Return what a clause says, in `lang` or in the register's first language."""
        return self.clauses[clause][self.languages.index(lang) if lang in self.languages else 0]

    def _check_known(self, clause: object) -> None:
        if not isinstance(clause, str) or clause not in self.clauses:
            from phananh.errors import UnknownArticleError, short_repr  # errors cite articles

            raise UnknownArticleError(
                field="article",
                code="unknown_article" if self.number == _OWN_NUMBER else "unknown_clause",
                value=short_repr(clause),
                known=_closest(clause, self.clauses),
                document=self.number,
            )


def _make_error(field: str, code: str, value: object, **facts: object) -> Exception:
    from phananh.errors import InputError, short_repr  # errors cite articles

    return InputError(field=field, code=code, value=short_repr(value), **facts)


DECISION_2370: Final = Document(number=_OWN_NUMBER, clauses=CLAUSES)


@attrs.frozen
class Article:
    """A clause that the code cites, such as `Article("9.1")`.

    A clause of another document than the Decision is made by `document.article("3.2")`. Read
    from a store, `Article("3.2@61/2018/NĐ-CP")` has no register, so its id is not checked.

    Args:
        id: a key of `CLAUSES`, such as "8.1.b", or a clause of another document with its number
            behind an "@".

    Raises:
        UnknownArticleError: there is no such clause. The message names the closest ones.

    Example:
        >>> print(Article("9.3").en, "|", Article("9.3").vi)
        Art. 9(3) | khoản 3 Điều 9
    """

    id: str
    document: Document | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an id that the document does not have."""
        if not is_of_another(self.id):
            DECISION_2370._check_known(self.id)
            object.__setattr__(self, "document", DECISION_2370)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the id, as events store it."""
        return Article, (self.id,)

    def __str__(self) -> str:
        """Return the id."""
        return self.id

    @property
    def clause(self) -> str:
        """The id of the clause within its document."""
        return self.id.partition("@")[0]

    @property
    def number(self) -> str:
        """The number of its document."""
        return self.id.partition("@")[2] or DECISION_2370.number

    @property
    def vi(self) -> str:
        """The citation in Vietnamese, such as "điểm b khoản 1 Điều 8"."""
        return self.text("vi")

    @property
    def en(self) -> str:
        """The citation in English, such as "Art. 8(1)(b)"."""
        return self.text("en")

    def text(self, lang: str = "en") -> str:
        """Return the citation in `vi` or `en`, with the number of a document of your own."""
        number, short = self.id.partition("@")[2], self.short_text(lang)
        return f"{short} {'của' if lang == 'vi' else 'of'} {number}" if number else short

    def short_text(self, lang: str = "en") -> str:
        """Return the citation in `vi` or `en` without the number of its document."""
        article, clause, point, paragraph = _parts(self.clause)
        if article == "QD":
            return f"Điều {clause} Quyết định" if lang == "vi" else f"Decision, Art. {clause}"
        if lang == "vi":
            words = [f"đoạn {paragraph}"] if paragraph else []
            words += [f"điểm {_POINT_VI.get(point, point)}"] if point else []
            words += [f"khoản {clause}"] if clause else []
            return " ".join([*words, f"Điều {article}"])
        tail = f"({clause})" if clause else ""
        tail += f"({_POINT_EN.get(point, point)})" if point else ""
        tail += f", para. {paragraph}" if paragraph else ""
        return f"Art. {article}{tail}"

    def summary(self, lang: str = "en") -> str:
        """Return what the clause says, in one line.

        The text is empty if the article was read from a store without its document's register.

        Raises:
            InputError: `lang` is neither `vi` nor `en`.
        """
        from phananh.errors import check_language  # errors cite articles

        wanted = check_language(lang)
        return self.document.summary(self.clause, wanted) if self.document else ""


def is_of_another(article: object) -> bool:
    """Return whether the id of a clause is one of another document than the Decision."""
    if not isinstance(article, str):
        return False
    clause, at, number = article.partition("@")
    return bool(at) and _is_clause(clause) and _is_number(number)


def is_article(text: object) -> bool:
    """Return whether a text is the id of a clause, of the Decision or of another document."""
    return (isinstance(text, str) and text in CLAUSES) or is_of_another(text)


def _parts(known: str) -> tuple[str, str, str, str]:
    """Return article, clause, point and paragraph of an id, "" for what it lacks."""
    article, *rest = known.split(".")
    clause = rest.pop(0) if rest and rest[0].isdigit() else ""
    last = rest[0] if rest else ""
    if last.startswith("p") and last[1:].isdigit():
        return article, clause, "", last[1:]
    return article, clause, last, ""


def _closest(wrong: object, clauses: Mapping[str, object]) -> tuple[str, ...]:
    close = [known for known in clauses if known.startswith(f"{wrong}.")]
    if not close:
        # Only a mistake needs difflib, so its import is left to this line.
        from difflib import get_close_matches

        near = get_close_matches(str(wrong), clauses, n=3, cutoff=0)
        close = [known for known in clauses if known in near]
    return tuple(close)


ARTICLES: Final[tuple[Article, ...]] = DECISION_2370.articles
