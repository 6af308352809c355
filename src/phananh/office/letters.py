"""Letters of an office about a case, made from templates (Art. 7, 8.1.c1, 8.1.c2, 9.3, 10.2.a).

`missing.vi.jinja` and the like say what a letter says, in the blocks `subject`, `body` and
`copies`. Each line of the body is a paragraph. The frames put it into the administrative form of
Decree 30/2020/NĐ-CP: `letter.html.jinja` for paper, `letter.txt.jinja` for e-mail, and
`letter.docx` for Word. A folder of your own can have files of these names, which count instead.

Templates are checked when they are loaded. A template knows the values of its kind and no others,
which is what keeps a letter to what its recipient may read: the notice to the unit of an accused
knows no sender, no content and no time of receipt (R40), and neither does a reminder. Whoever has
the tracking code acts as the sender (R48), so only the receipt knows it, and ours does not repeat
the content beside it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import BadZipFile

import attrs

from phananh.articles import DECISION_2370, Article
from phananh.desk.desk import Desk
from phananh.desk.inbox import tell_left
from phananh.errors import (
    InputError,
    Refusal,
    RefusedError,
    check_language,
    short_repr,
)
from phananh.messages.labels import capitalize, word
from phananh.messages.message import instant_text, say
from phananh.messages.texts import LETTERS, MONTHS
from phananh.regulation import events as e
from phananh.regulation.access import find_sender, is_accused, list_accused_of
from phananh.regulation.case import Case, find_current, fold
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.decide import list_allowed
from phananh.regulation.events import due_text
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.personal_data import find_mailbox, find_shown
from phananh.regulation.request import (
    REASON_CLAUSES,
    Erased,
    Holder,
    Reason,
    Role,
    Sender,
    check_type,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template

LetterKind = Literal[
    "receipt", "missing", "refusal", "appointment", "reschedule", "answer", "unit_notice",
    "reminder",
]  # fmt: skip
_OWN_FOLDER = Path(__file__).with_name("templates")
_ORGANISATION = re.compile(
    r"(?i)(công ty|cty|doanh nghiệp|dntn|hộ kinh doanh|hkd|hợp tác xã|htx|hiệp hội|liên đoàn"
    r"|chi nhánh|tập đoàn|tổng công ty|ủy ban|uỷ ban|ubnd|sở|bệnh viện|phòng|nhà thuốc|nhà máy"
    r"|nhà hàng|khách sạn|xưởng|xí nghiệp|cửa hàng|trung tâm|cơ sở|văn phòng|quỹ|ngân hàng|tổ chức"
    r"|tổ dân phố|báo|chi cục|cục|trạm|tòa án|điện lực|bưu điện|các hộ|tập thể|đoàn thanh niên"
    r"|(?:hội|trường|ban)(?! (?:thị|văn)))\s"
)
_TITLED = re.compile(r"(?i)(ông|bà|anh|chị|cô|chú|bác)\s")


@attrs.frozen(kw_only=True)
class Letterhead:
    """What is the same on all letters of an office, in the language of the letter.

    Args:
        body: the name of the office that sends the letter.
        place: where it is, as in "Hòa Bình, ngày ...".
        parent: the body above it, in the line above its name.
        symbol: what follows the number of a letter, such as "TTPVHCC".
        signer_title: who signs, such as "Giám đốc". Two lines if one signs for another.
        signer: the name under the signature.
        phone, web: where the recipient can turn to.

    Raises:
        InputTypeError: a value is not a string.

    Example:
        >>> head = Letterhead(body="Trung tâm mẫu", place="Hòa Bình")
        >>> letter = Letters(desk=desk, letterhead=head).write("receipt", case)
        >>> print(letter.text)
        TRUNG TÂM MẪU
        ...
        Hòa Bình, ngày 25 tháng 4 năm 2025
        ...
    """

    body: str = attrs.field(validator=check_type(str))
    place: str = attrs.field(validator=check_type(str))
    parent: str = attrs.field(default="", validator=check_type(str))
    symbol: str = attrs.field(default="", validator=check_type(str))
    signer_title: str = attrs.field(default="", validator=check_type(str))
    signer: str = attrs.field(default="", validator=check_type(str))
    phone: str = attrs.field(default="", validator=check_type(str))
    web: str = attrs.field(default="", validator=check_type(str))


@attrs.frozen(kw_only=True)
class Letter:
    """A letter: to whom, about what, as plain text and as a page of HTML that prints on A4.

    `to` is who is addressed, and `email` the sender's address of e-mail if the letter is for the
    sender and has one, else None. A repr shows neither these nor the texts.

    Example:
        >>> head = Letterhead(body="Trung tâm mẫu", place="Hòa Bình")
        >>> letter = Letters(desk=desk, letterhead=head).write("receipt", case)
        >>> letter.to, case.id in letter.text, letter.docx()[:2]
        ('Ông/Bà Người gửi mẫu', True, b'PK')
    """

    kind: str
    subject: str
    to: str = attrs.field(repr=False)
    email: str | None = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    html: str = attrs.field(repr=False)
    _make_docx: Callable[[], bytes] = attrs.field(repr=False, eq=False)

    def docx(self) -> bytes:
        """Return the letter as a file of Word, to be edited there."""
        return self._make_docx()


@attrs.frozen
class _Kind:
    """The event that a letter is about, its clause if the event has none, what templates know."""

    event: type[e.Event] | None
    article: str
    facts: frozenset[str]


_HEAD = frozenset(field.name for field in attrs.fields(Letterhead))
_FRAME = _HEAD | {"lang", "number", "date", "subject", "to", "paragraphs", "copies"}
_EVERY = _HEAD | {"case", "kind", "clause", "regulation", "note"}
_SENDER = _EVERY | {"sender", "you", "content", "channel", "received_at"}
_APPOINTMENT = {"appointment", "before", "is_later", "agency"}
_REMINDER = {"holder", "is_unnamed", "since", "due", "left", "is_late", "to"}
_KINDS = {
    "receipt": _Kind(e.Received, "7.1", _SENDER | {"code", "is_outside", "is_open"}),
    "missing": _Kind(None, "10.2.a", _SENDER | {"missing"}),
    "refusal": _Kind(e.Rejected, "7.2", _SENDER | {"reasons", "guidance"}),
    "appointment": _Kind(e.VerificationRequested, "8.1.c1", _SENDER | _APPOINTMENT),
    "reschedule": _Kind(e.Rescheduled, "9.3", _SENDER | _APPOINTMENT | {"reason", "reschedules"}),
    "answer": _Kind(e.Answered, "8.1.a", _SENDER | {"text", "documents", "can_rate"}),
    "unit_notice": _Kind(e.UnitNotified, "8.1.c2", _EVERY | {"unit", "accused", "text"}),
    "reminder": _Kind(None, "3.4", _EVERY | _REMINDER),
}
_FRAMES = ("letter.html.jinja", "letter.txt.jinja")
_WORD = "letter.docx"
_BLOCKS = ("subject", "body", "copies")  # the last may be missing
# What XML and a terminal cannot have, or what would turn a line round.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@attrs.frozen(kw_only=True)
class Letters:
    """Writes the letters of an office about the cases of a desk.

    Args:
        desk: where the cases are. Letters are dated by its clock.
        letterhead: what is the same on all letters.
        folder: where your own templates are, as a path. What is not there is taken from the
            library.
        names: returns the name of a member of staff or a unit by its id, or None.

    Raises:
        InputError: a template has an error, or names a value that its letters do not have. It
            says the file, the line and the name. Or the extra `letters` is not installed.

    Example:
        >>> head = Letterhead(body="Trung tâm mẫu", place="Hòa Bình")
        >>> letters = Letters(desk=desk, letterhead=head)
        >>> letters.write("receipt", case, lang="en", number="45").subject
        'Receipt of your request HB-2504-...'
    """

    desk: Desk
    letterhead: Letterhead = attrs.field(validator=check_type(Letterhead))
    folder: Path = attrs.field(default=_OWN_FOLDER, converter=Path)
    names: Callable[[str], str | None] | None = None
    _templates: "Environment" = attrs.field(
        default=attrs.Factory(lambda letters: _load(letters.folder), takes_self=True),
        init=False, repr=False, eq=False,
    )  # fmt: skip

    def write(
        self, kind: LetterKind, case: Case | str, *, lang: str | None = None, number: str = "",
        note: str = "", event: e.Event | None = None,
    ) -> Letter:  # fmt: skip
        """Return a letter about a case, as it is stored now.

        Args:
            kind: `receipt`, `missing` (10.2.a), `refusal` (7.2), `appointment` (8.1.c1),
                `reschedule` (9.3) or `answer` to the sender, `unit_notice` to the unit of an
                accused (8.1.c2), or `reminder` to the holder, or to their unit or the
                leadership if they are accused (R39).
            case: a case, or its id or tracking code.
            lang: `vi` or `en`. By default the one of the request for its sender, and else `vi`.
            number: of the letter, as the office counts them. Without one its place is left blank.
            note: what you add in your own words. Nobody of the accused's unit may type it, as a
                refusal would tell them that a name is right.
            event: the event that the letter is about. The last one of its class by default.

        Raises:
            InputError: the case has nothing to write such a letter about, or its personal data was
                erased.
            RefusedError: the text names the sender to the accused's unit.
        """
        made_of = _KINDS.get(kind)
        if made_of is None:
            raise InputError(
                field="kind", code="unknown_value", value=short_repr(kind), known=tuple(_KINDS)
            )
        history = self.desk.history(case)
        found = fold(history)
        if event is None and made_of.event:
            event = next((x for x in reversed(history) if type(x) is made_of.event), None)
        if lang is None:
            lang = "en" if "sender" in made_of.facts and found.language.startswith("en") else "vi"
        writer = _Writer(self, found, event, check_language(lang), note)
        later = history[getattr(event, "n", 0) :]
        is_taken_back = kind == "refusal" and (  # as it was wrong (R55)
            not found.reasons or any(isinstance(each, e.Rejected) for each in later)
        )
        if is_taken_back or (
            made_of.event and (type(event) is not made_of.event or event.case != found.id)
        ):
            raise writer.error("letter_without_ground", kind)
        # A complaint is refused, or answered, with guidance only (7.2, R56).
        if found.kind in EXCLUDED and kind not in ("receipt", "refusal", "answer"):
            raise writer.error("letter_outside", kind)
        if any(
            event
            and x.version == event.n
            and (x.replaced_at or x.answered_at or x.time <= self.desk.now())
            for x in found.appointments
        ):
            raise writer.error("letter_not_needed", kind)  # nobody waits for that time any more
        head = attrs.asdict(self.letterhead)
        facts: dict[str, Any] = {**head, **writer.find_facts(kind, made_of)}
        template = self._templates.get_template(f"{kind}.{lang}.jinja")
        said = {name: _list_lines(_render(template, facts, block=name)) for name in _BLOCKS}
        subject = " ".join(said["subject"])
        frame = {
            **head,
            "lang": lang,
            "number": number,
            "date": _date_text(to_vietnam_time(self.desk.now()), lang),
            "subject": subject,
            "to": [_UNPRINTABLE.sub("", line) for line in facts["to"]],
            "paragraphs": said["body"],
            "copies": said["copies"],
        }
        html, text = (_render(self._templates.get_template(each), frame) for each in _FRAMES)
        return Letter(
            kind=kind,
            subject=capitalize(subject),
            to=facts["to"][0],
            email=facts.get("email"),
            text=text,
            html=html,
            make_docx=partial(_render_docx, self.folder, frame),
        )


@attrs.frozen
class _Writer:
    """What a letter about a case says, in a language."""

    letters: Letters
    case: Case
    event: Any
    lang: str
    note: str

    def error(self, code: str, kind: str) -> InputError:
        return InputError(field="letter", code=code, case=self.case.id, letter=kind)

    def find_facts(self, kind: str, made_of: _Kind) -> dict[str, Any]:
        """Return the values of a template, and the lines of the address as `to`."""
        own = self._find_own(kind)
        article = Article(
            own.pop("article", None) or getattr(self.event, "article", None) or made_of.article
        )
        facts = {
            "case": self.case.id,
            "kind": word("kind", self.case.kind, self.lang),
            "clause": article.short_text(self.lang),
            # The clause of a step may be the Decision's beside a document of your own (R47).
            "regulation": say(
                LETTERS["regulation" if article.number == DECISION_2370.number else "document"],
                self.lang,
                number=article.number,
            ),
            "note": self.note,
            **own,
        }
        if "sender" in made_of.facts:
            facts |= self._find_of_sender()
        if any(isinstance(value, Erased) for value in facts.values()):
            raise self.error("letter_of_erased", kind)
        return facts

    def _find_of_sender(self) -> dict[str, Any]:
        case, sender = self.case, self.case.sender
        if not isinstance(sender, Sender):
            return {"sender": sender}
        name = (sender.name or "").strip()
        is_body = _ORGANISATION.match(name)
        you = say(LETTERS["organisation" if is_body else "person"], self.lang)
        bare = is_body or _TITLED.match(name) or self.lang == "en"
        unnamed = say(LETTERS["unnamed"], self.lang)
        called = unnamed if not name else name if bare else f"{you} {name}"
        return {
            "sender": called,
            "you": you,
            "content": case.content,
            "channel": word("channel", case.channel, self.lang),
            "received_at": self._tell(case.received_at),
            "to": tuple(filter(None, (called, sender.address))),
            "email": find_mailbox(sender),
        }

    def _find_own(self, kind: str) -> dict[str, Any]:
        """Return the values that only templates of this kind know."""
        event = self.event
        match kind:
            case "receipt":
                return {
                    "code": self.case.code,
                    "is_open": self.case.is_open,
                    # A case that was refused or withdrawn meanwhile is not handled.
                    "is_outside": self.case.kind in EXCLUDED
                    or bool(self.case.reasons)
                    or self.case.is_withdrawn,
                }
            case "missing":
                return {"missing": self._list_missing()}
            case "refusal":
                unmet = {x.code: x.text(self.lang) for x in self.letters.desk.unmet(self.case)}
                return {
                    "article": "8.3" if event.reasons == (Reason.OUT_OF_COMPETENCE,) else None,
                    "reasons": [
                        self._item(
                            unmet.get(each) or word("reason", each, self.lang),
                            REASON_CLAUSES[Reason(each)],
                        )
                        for each in event.reasons
                    ],
                    "guidance": event.guidance,
                }
            case "appointment" | "reschedule":
                *told, to = (x for x in self.case.appointments if x.version <= event.n)
                # What a refusal ended was not put off.
                before = next((x.time for x in told[-1:] if not x.answered_at), None)
                return {
                    "appointment": self._tell(to.time),
                    "before": self._tell(before) if before else "",
                    "is_later": before is None or to.time > before,
                    "agency": self._name(event.holder.unit),
                    "reason": getattr(event, "reason", None),
                    "reschedules": self.letters.desk.rules_of(self.case).reschedules,
                }
            case "answer":
                allowed = list_allowed(
                    self.case,
                    find_sender(self.case),
                    self.letters.desk.context_of(self.case, by_code=True),
                )
                return {
                    "text": event.text,
                    "documents": event.documents,
                    "can_rate": not allowed["rate"],
                }
            case "unit_notice":
                return self._notify()
        return self._remind()

    def _list_missing(self) -> list[str]:
        """Return what the sender is to add. What cannot be put right is a ground to refuse."""
        unmet = self.letters.desk.unmet(self.case) if self.case.is_open else ()
        told = [
            self._item(each.text(self.lang), each.article.id, each.guidance(self.lang))
            for each in unmet
        ]
        if not self.case.is_open or not (told or self.note):
            raise self.error("letter_not_needed", "missing")
        return told

    def _item(self, text: str, article: str, guidance: str = "") -> str:
        cited = f"{capitalize(text)} ({Article(article).text(self.lang)})"
        return f"{cited}: {guidance}" if guidance else cited

    def _notify(self) -> dict[str, Any]:
        """Return what the unit learns (8.1.c2): who of it is accused, and what the centre wrote."""
        unit, text = self.event.unit, self.event.text or ""
        told = (unit, *list_accused_of(self.case, unit))
        name, *names = map(self._name, told)
        # What is no login, and in no directory, was typed, perhaps by a citizen.
        typed = "\n".join(each for each in told if " " in each and each in (name, *names))
        self._check_sender_unnamed(f"{text}\n{typed}")  # also where the text was erased
        return {"unit": name, "accused": names, "text": text, "to": (name,)}

    def _remind(self) -> dict[str, Any]:
        """Return what a holder is reminded of: since when they have it, and until when.

        If the holder is accused, or nobody is named, it is the unit, which is to name another
        person (8.1.c2, R39). Without a unit that is for the leadership.
        """
        case = self.letters.desk.as_of(self.case)
        holder, limit = case.holder, find_current(case)
        if holder is None:
            raise self.error("letter_not_needed", "reminder")
        if is_accused(case, holder.id):  # another leader goes on with what one of them holds
            holder = Holder(
                role=holder.role, unit=None if holder.role is Role.LEADERSHIP else holder.unit
            )
        self._check_sender_unnamed("")
        name = self._name_holder(holder)
        is_unnamed = not holder.id and holder.role in (Role.OFFICER, Role.PROVIDER)
        # A unit has it all the while, whoever of it does the work.
        is_unit = is_unnamed or holder.role is Role.AGENCY
        since = (
            max(
                (
                    case.deadlines[-1][1].start,
                    *(each.at for each in case.findings),
                    *(each.at for each in case.sent_back if each.role is Role.AGENCY),
                )
            )
            if is_unit and case.deadlines and holder.role is not Role.PROVIDER
            else case.since
        )
        facts = {
            "holder": name,
            "is_unnamed": is_unnamed,
            "since": self._tell(since),
            "to": (
                self._name_holder(Holder(role=Role.LEADERSHIP))
                if is_unnamed and not holder.unit
                else name,
            ),
        }
        return facts | (
            {"due": "", "left": "", "is_late": False}
            if limit is None
            else {
                "due": due_text(limit.deadline, limit.due, self.lang),
                "left": tell_left(self.letters.desk, case, self.letters.desk.now(), self.lang),
                "is_late": case.clock is None,
                "article": "9.3"
                if limit.is_rescheduled and limit.deadline.article == "9.2"
                else limit.deadline.article,
            }
        )

    def _check_sender_unnamed(self, text: str) -> None:
        """Refuse a text that names the sender, who may have become known since (R40)."""
        if find_shown(self.case, f"{text}\n{self.note}"):
            named = Refusal(code="names_sender", article=Article("8.1.c2"), reading="R40")
            raise RefusedError(
                article=named.article,
                case=self.case.id,
                trigger="notify_unit",
                refusals=(named,),
            )

    def _tell(self, at: datetime) -> str:
        return instant_text(to_vietnam_time(at), self.lang)

    def _name(self, known: str) -> str:
        return (self.letters.names and self.letters.names(known)) or known

    def _name_holder(self, holder: Holder) -> str:
        """Return an agency, or a unit of which nobody is named, by its name, else who it is."""
        if holder.unit and (holder.role is Role.AGENCY or not holder.id):
            return self._name(holder.unit)
        called = (
            self._name(holder.id) if holder.id else capitalize(word("role", holder.role, self.lang))
        )
        return f"{called} ({self._name(holder.unit)})" if holder.unit else called


def _date_text(at: datetime, lang: str) -> str:
    """Return the date of a letter. Vietnamese writes 0 before a day, and months 1 and 2."""
    vi = f"ngày {at:%d} tháng {at.month if at.month > 2 else f'{at:%m}'} năm {at.year}"
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}" if lang == "en" else vi


def _list_lines(text: str) -> list[str]:
    return [*filter(None, map(str.strip, _UNPRINTABLE.sub("", text).splitlines()))]


def _make_environment(**options: Any) -> "Environment":
    """Return what templates are read and rendered with. A name without a value is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        **options,
    )  # fmt: skip


def _load(folder: Path) -> "Environment":
    """Return the templates, those of `folder` first, each of them checked."""
    try:
        import docxtpl  # noqa: F401  # the frame for Word is opened below
        from jinja2 import FileSystemLoader
    except ImportError as error:
        raise InputError(
            field="letters", code="extra_missing", extra="letters", cause=str(error.name or error)
        ) from error
    templates = _make_environment(
        loader=FileSystemLoader([folder, _OWN_FOLDER]),
        autoescape=lambda name: ".html." in str(name),
    )
    known = dict.fromkeys(_FRAMES, _FRAME)
    known |= {
        f"{kind}.{lang}.jinja": _KINDS[kind].facts for kind in _KINDS for lang in ("vi", "en")
    }
    if not folder.is_dir():
        raise InputError(field="folder", code="folder_not_found", value=str(folder))
    for file in sorted(folder.iterdir()):
        if file.suffix in (".jinja", ".docx") and file.name not in (names := (*known, _WORD)):
            raise InputError(field="folder", code="unknown_value", value=str(file), known=names)
    for name, values in known.items():
        _check(templates, name, values)
    with _open_docx(folder) as document:
        used = document.get_undeclared_template_variables(_make_environment())
    _require_known(used, _FRAME, where=lambda _: str(folder / _WORD))
    return templates


def _check(templates: "Environment", name: str, known: frozenset[str]) -> None:
    """Refuse a template with an error in it, without a block that it needs, or a wrong name."""
    from jinja2 import meta, nodes

    with _explain(name):
        template = templates.get_template(name)
        file = str(template.filename)
        tree = templates.parse(Path(file).read_text(encoding="utf-8"))
        used = meta.find_undeclared_variables(tree) - {*templates.globals}
    lines = {node.name: node.lineno for node in tree.find_all(nodes.Name)}
    _require_known(used, known, where=lambda wrong: f"{file}:{lines[wrong]}")
    if name not in _FRAMES and (missing := {*_BLOCKS[:2]} - {*template.blocks}):
        raise InputError(field="template", code="template_block", where=file, block=min(missing))


def _require_known(used: set[str], known: frozenset[str], where: Callable[[str], str]) -> None:
    """Refuse a name that the letters of a template have no value for."""
    if wrong := min(used - known, default=None):
        raise InputError(
            field="template", code="template_variable", where=where(wrong), value=wrong,
            known=tuple(sorted(known)),
        )  # fmt: skip


@contextmanager
def _explain(file: object, *errors: type[Exception]) -> Iterator[None]:
    """Say which file is wrong, on which line if that is known, and why."""
    from jinja2 import TemplateError

    expected: tuple[type[Exception], ...] = (TemplateError, UnicodeDecodeError, *errors)
    try:
        yield
    except expected as error:
        line = getattr(error, "lineno", None)
        raise InputError(
            field="template",
            code="in_file",
            where=f"{getattr(error, 'filename', None) or file}{f':{line}' if line else ''}",
            cause=str(getattr(error, "message", None) or error),
        ) from error


def _render(template: "Template", facts: dict[str, Any], *, block: str | None = None) -> str:
    """Return what a template says, the whole or one block of it."""
    with _explain(template.filename):
        if block is None:
            return template.render(facts)
        make = template.blocks.get(block)
        return "".join(make(template.new_context(facts))) if make else ""


@contextmanager
def _open_docx(folder: Path) -> Iterator[Any]:
    """Open the frame for Word, and say what is wrong with it."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate

    own = folder / _WORD
    with _explain(own, OpcError, BadZipFile, KeyError, ValueError):
        yield DocxTemplate(own if own.exists() else _OWN_FOLDER / _WORD)


def _render_docx(folder: Path, frame: dict[str, Any]) -> bytes:
    made = BytesIO()
    with _open_docx(folder) as document:
        document.render(frame, _make_environment(), autoescape=True)
        document.save(made)
    return made.getvalue()
