"""What the public may read of answers: a proposal to publish, what waits for it, and a feed.

A person decides what is published (Art. 2.2, 10.2.b), and writes the text (R16). This proposes one:
the request and its answer, with what could name somebody masked, beside the original. Numbers,
plates, days of birth, addresses of e-mail, names behind a title or with a family name, and what the
sender gave are masked one by one. A sentence that still shows the sender or an accused is left out,
and if several show them together, so is the whole part. What is about conduct, or accuses somebody,
does not wait for publication with the rest: their unit looks into it first (Art. 8.1.c2).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache

import attrs

from phananh.desk.desk import Desk
from phananh.desk.lookup import iter_histories
from phananh.messages.labels import capitalize, word
from phananh.plain_value import Value
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import fold_marks
from phananh.regulation.events import (
    Answered,
    PersonalDataErased,
    PublicationWithdrawn,
    Published,
)
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.personal_data import (
    ANYBODYS,
    FAMILIES,
    ONLY_FAMILIES,
    find_shown,
    is_any_shown,
)
from phananh.regulation.request import Kind, Sender, State
from phananh.stores.base import Query

_LEFT_OUT = "[…]"
_MOST_COMPARED = 1_200  # sentences by people: with one sender, 200 are looked at one by one
_LETTERS = "".join(filter(str.isalpha, map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1EFA)))))
_CAPITAL = "".join(filter(str.isupper, _LETTERS))
_NAME = rf"[{_CAPITAL}](?:\.|[^\W\d_]*)"
_NEXT = rf"(?:(?:[ \u00a0]+|(?<=\.)){_NAME})"  # N.T. Mẫu, but not into the next sentence
# Families that are so often another word that a middle name has to follow them.
_WORDS_TOO = (
    "Vì|Bàn|Tăng|Lại|Từ|Kim|Ninh|Ma|Mã|Lục|Phó|Phí|Tòng|Hạng|Hờ|Mùa|Cứ|Khang|Phàn|Tẩn|Thân|Lã|Ngân"
)
# Behind these words stands what is no name: Văn phòng, Thị trấn.
_MIDDLE = (
    r"[ \u00a0]+(?i:(?:văn(?![ \u00a0]+(?:bản|phòng|thư|kiện|hóa|hoá|học|bằng)(?!\w))"
    r"|thị(?![ \u00a0]+(?:trấn|xã|trường|trưởng|tứ|thực|sát)(?!\w))|a)(?!\w))"
)
_SHOUTED = rf"(?:[ \u00a0]+[{_CAPITAL}]+(?!\w))"
# What is masked by its form once the known is, in this order: the word for it, and how it is
# written.
_FORMS = (
    ("tên", re.compile(
        r"(?<!\w)(?i:ông|bà|anh|chị|em|cô|chú|bác|cụ|cháu|cậu|dì|thầy|đồng chí|đ/c)[^\S\r\n]+"
        rf"(?P<named>{_NAME}{_NEXT}{{0,4}})"
    )),
    ("tên", re.compile(  # TRỊNH VĂN SƠN, also where all is in capitals
        rf"(?<!\w)(?P<named>(?:{FAMILIES.upper()}|{_WORDS_TOO.upper()}){_MIDDLE}"
        rf"{_SHOUTED}(?:(?![ \u00a0]+(?:BỊ|CHO|CHƯA|CÓ|CÙNG|CŨNG|CỦA|ĐANG|ĐÃ|ĐẾN|ĐỀ|ĐI|ĐƯỢC|GỌI|GỬI"
        r"|HỎI|KHÔNG|LÀ|LÀM|NÓI|NỘP|NHẬN|Ở|SINH|SỐ|TẠI|THÔN|TÔI|TRÚ|VÀ|VỀ|VỚI|XÃ|XÓM|YÊU)(?!\w))"
        rf"{_SHOUTED})?)"
    )),
    ("tên", re.compile(  # and without one of these middle names, beside small letters
        rf"(?<!\w)(?<![{_CAPITAL}][ \u00a0])(?P<named>(?:{ONLY_FAMILIES.upper()})"
        rf"{_SHOUTED}{{1,4}})(?![ \u00a0]+[{_CAPITAL}]+(?!\w))"
    )),
    ("tên", re.compile(rf"(?<!\w)(?P<named>(?:{FAMILIES}|{_WORDS_TOO}){_MIDDLE}{_NEXT}{{1,3}})")),
    ("tên", re.compile(rf"(?<!\w)(?P<named>(?:{FAMILIES}){_NEXT}{{1,4}})")),
    ("ngày sinh", re.compile(  # but nothing that arose, nor pupils
        r"(?i)(?<!\w)(?<!phát )(?<!học )(?:(?:ngày|năm) sinh|sinh(?: ngày| năm)?|sn)[\s:]*"
        r"(?P<named>\d\d?(?: ?[/.-] ?\d\d?){1,2}(?: ?[/.-] ?\d{4})?(?!\d)"
        r"|\d\d? tháng \d\d?(?: năm \d{4})?|\d{4}(?!\d))"
    )),
)  # fmt: skip
_SENTENCE = re.compile(r".+?(?:(?<![.!?;…])[.!?;…]++\s+|\n+|\Z)", re.DOTALL)
# What XML cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={lang}>
<author><name>{}</name></author><title>{}</title><id>{}</id><updated>{}</updated>"""
_ENTRY = """<entry><id>{}</id><title>{}</title><updated>{}</updated>
<content>{}</content></entry>"""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Part(Value):
    """A text of a case, what is proposed of it, and what was masked, each with its word."""

    original: str = attrs.field(repr=False)
    proposed: str
    masked: tuple[tuple[str, str], ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Proposal(Value):
    """A text to publish of a case, which a person reads and changes before `Desk.publish`.

    `needs_decision` is whether it is about conduct, so that the unit's own look at it comes first.
    """

    case: str
    question: Part
    answer: Part
    needs_decision: bool

    @property
    def text(self) -> str:
        """The text to publish: the request and its answer."""
        return f"Nội dung phản ánh: {self.question.proposed}\n\nTrả lời: {self.answer.proposed}"


def propose_publication(
    desk: Desk, case: Case | str, *, names: Iterable[str] = ()
) -> Proposal | None:
    """Return what could be published of a case (Art. 2.2, 10.2.b, R45), or None.

    There is nothing to propose without an answer, of a complaint or denunciation (R56), or once the
    personal data was erased.

    Args:
        desk: where the case is.
        case: a Case, or its id or tracking code.
        names: names that are not to be shown either, such as those of the accused.

    Example:
        >>> case = desk.answer(case, text="Mời bà Mẫu đến quầy số 1.", by=operator)
        >>> print(propose_publication(desk, case).answer.proposed)
        Mời bà [tên] đến quầy số 1.
    """
    history = desk.history(case)
    found = fold(history)
    answers = [each.text for each in history if isinstance(each, Answered)]
    answer = answers[-1] if answers and _may_be_published(found) else None
    if not isinstance(answer, str) or not isinstance(found.content, str) or found.is_sender_erased:
        return None
    hidden = tuple(re.split("[,(]", each)[0] for each in names)  # without posts behind them
    known = attrs.evolve(
        found, former_senders=(*found.former_senders, *(Sender(name=each) for each in hidden))
    )
    return Proposal(
        case=found.id,
        question=_mask(known, found.content, hidden),
        answer=_mask(known, answer, hidden),
        needs_decision=_needs_decision(found),
    )


def _may_be_published(case: Case) -> bool:
    """Return whether a case was answered, and is no complaint or denunciation (R56)."""
    return case.result_article is not None and not case.reasons and case.kind not in EXCLUDED


def _needs_decision(case: Case) -> bool:
    return case.kind is Kind.CONDUCT or bool(case.accused)


def _mask(case: Case, text: str, names: tuple[str, ...]) -> Part:
    """Return a text of a case with what could name somebody masked."""
    shown, masked = text, list[tuple[str, str]]()
    for what, form in (
        *((what, re.compile(form)) for what, form in ANYBODYS),
        *_list_known(case, names, text),
        *_FORMS,
    ):

        def hide(found: re.Match[str], what: str = what) -> str:
            named = found.groupdict().get("named") or found[0]
            masked.append((what, named))
            return f"{found[0].removesuffix(named)}[{what}]"

        shown = form.sub(hide, shown)
    accused = {each.id for each in case.accused if each.id}
    sentences = _SENTENCE.findall(shown)
    people = 6 + len(case.former_senders) + len(accused)  # 5 for reading it, and the sender
    if len(sentences) * people <= _MOST_COMPARED and _is_shown(case, accused, shown):
        out = [each for each in sentences if _is_shown(case, accused, each)]
        masked += [("câu", each) for each in out]
        shown = "".join(f"{_LEFT_OUT} " if each in out else each for each in sentences).strip()
    if _is_shown(case, accused, shown):
        shown, masked = _LEFT_OUT, [("toàn bộ", text)]
    return Part(original=text, proposed=shown, masked=tuple(masked))


def _is_shown(case: Case, accused: set[str], text: str) -> bool:
    return bool(find_shown(case, text)) or bool(accused and is_any_shown(accused, text))


def _list_known(
    case: Case, names: tuple[str, ...], text: str
) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield a form of what a text may have of the people of a case, however marks are set."""
    senders = [each for each in (case.sender, *case.former_senders) if isinstance(each, Sender)]
    bare = fold_marks(text)
    for what, values in (
        ("địa chỉ", (each.address for each in senders)),
        ("tên", (each.name for each in senders)),
        ("mã", (*(x.id for x in senders), *(x.id for x in case.accused), case.code)),
    ):
        forms = [
            r"\W+".join("".join(map(_vary, word)) for word in re.findall(r"\w+", each))
            for each in values
            if isinstance(each, str) and len(each) > 1 and fold_marks(each) in bare
        ]
        if written := "|".join(sorted(filter(None, forms), key=len, reverse=True)):
            yield what, re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
    # How people call staff: cán bộ Bình, Đ.Q. Bình, BÌNH. But not Hòa Bình, nor a first word.
    for *words, given_name in filter(None, (re.findall(r"[^\W\d_]+", each) for each in names)):
        last = "".join(map(_vary, given_name))
        other = "|".join(rf"{_vary(x[0])}(?:\.|{''.join(map(_vary, x[1:]))}\b)" for x in words)
        yield (
            "tên",
            re.compile(
                rf"(?:(?:(?<!\w)[^\W\d_{_CAPITAL}]\w*\s+|[,;:(\u201c\"]\s*)"
                rf"(?={last}(?!\w|\s+[{_CAPITAL}]))"
                rf"|(?<!\w)(?:BỘ|CHỨC|VIÊN|CHÍ|ÔNG|BÀ|ANH|CHỊ|CÔ|CHÚ)\s+"
                rf"|(?<!\w)(?<![{_CAPITAL}]\s)(?=[{_CAPITAL}]{{2,}}(?!\w|\s+[{_CAPITAL}]+(?!\w)))"
                rf"|(?<!\w)(?={other or '(?!)'}))"
                rf"(?P<named>(?=[{_CAPITAL}])"
                rf"(?>(?:{other or '(?!)'})\s*){{0,{len(words)}}}{last})(?!\w)"
            ),
        )


@cache
def _vary(letter: str) -> str:
    """Return a class of all the letters that differ from one by marks alone."""
    return f"[{''.join(x for x in _LETTERS if _bare(x) == _bare(letter))}{letter}]"


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower().replace("đ", "d")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PublishedAnswer(Value):
    """What was published of a case: the text that was decided last, and when."""

    case: str
    kind: Kind
    text: str
    at: datetime


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Publications(Value):
    """What is public, the newest first, and the ids of answered cases that never were.

    `waiting` can be proposed. `held` are about conduct, or were published with the id of somebody
    who is accused since, so that somebody decides about each.
    In both the case that changed last comes first.
    `withdrawn` says when, by whom and why a result was made public no more.
    """

    published: tuple[PublishedAnswer, ...]
    waiting: tuple[str, ...]
    held: tuple[str, ...]
    withdrawn: tuple[PublicationWithdrawn, ...]

    def as_json_feed(self, *, title: str, home: str, lang: str = "vi") -> str:
        """Return what was published as a JSON Feed 1.1. `home` is the address of your page."""
        import json

        return json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": title,
                "home_page_url": home,
                "language": lang,
                "items": [
                    {
                        "id": f"{home}#{each.case}",
                        "title": _make_title(each, lang),
                        "content_text": each.text,
                        "date_published": each.at.isoformat(),
                    }
                    for each in self.published
                ],
            },
            ensure_ascii=False,
            indent=1,
        )

    def as_atom(self, *, title: str, home: str, at: datetime, lang: str = "vi") -> str:
        """Return what was published as an Atom feed. `at` is when an empty one was changed."""
        from xml.sax.saxutils import escape, quoteattr

        texts = [
            (f"{home}#{each.case}", _make_title(each, lang), each.at.isoformat(), each.text)
            for each in self.published
        ]
        changed = texts[0][2] if texts else at.isoformat()
        lines = (
            _HEAD.format(*map(escape, (title, title, home, changed)), lang=quoteattr(lang)),
            *(_ENTRY.format(*map(escape, each)) for each in texts),
            "</feed>\n",
        )
        return _UNWRITABLE.sub("", "\n".join(lines))


def _make_title(answer: PublishedAnswer, lang: str) -> str:
    """Return a title that names nobody: what kind of request was answered."""
    return capitalize(word("kind", answer.kind.value, lang))


def list_publications(
    desk: Desk,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    cases: Collection[str] | None = None,
) -> Publications:
    """Return what is public, and what is not, of the cases received in a time (Art. 2.2).

    A published text that was erased with its case is in no list. Each answered case is read whole.

    Args:
        desk: where the cases are.
        since, before: the time.
        cases: ids of the only cases to read, such as those of which the feed has news.

    Example:
        >>> case = desk.answer(case, text="Mời đến quầy số 1", by=operator)
        >>> list_publications(desk).waiting == (case.id,)
        True
        >>> case = desk.publish(case, text="Mời đến quầy số 1", by=operator)
        >>> list_publications(desk).published[0].text
        'Mời đến quầy số 1'
    """
    if cases is None:
        histories = iter_histories(
            desk.store,
            Query(
                states={State.ANSWERED, State.CLOSED}, received_since=since, received_before=before
            ),
        )
    else:
        histories = ((fold(each), each) for each in desk.store.load_many([*cases]).values())
    published, withdrawn = list[PublishedAnswer](), list[PublicationWithdrawn]()
    waiting, held = list[tuple[datetime, str]](), list[tuple[datetime, str]]()
    for case, history in histories:
        found = [each for each in history if isinstance(each, Published)]
        withdrawn += [each for each in history if isinstance(each, PublicationWithdrawn)]
        # An erasure is recorded first, and its texts go in a second step (R57).
        is_erased = found and any(
            isinstance(each, PersonalDataErased) for each in history[found[-1].n :]
        )
        text = found[-1].text if case.published and not is_erased else None
        if isinstance(text, str) and not is_any_shown({x.id for x in case.accused if x.id}, text):
            published.append(
                PublishedAnswer(
                    case=case.id,
                    kind=case.kind,
                    text=text,
                    at=found[-1].at,
                )
            )
        elif isinstance(text, str) or (
            not found and _may_be_published(case) and isinstance(case.content, str)
        ):
            (held if _needs_decision(case) else waiting).append((case.updated_at, case.id))
    published.sort(key=lambda each: each.at, reverse=True)
    return Publications(
        published=tuple(published),
        waiting=tuple(case for _, case in sorted(waiting, reverse=True)),
        held=tuple(case for _, case in sorted(held, reverse=True)),
        withdrawn=tuple(withdrawn),
    )
