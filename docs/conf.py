"""How Sphinx builds the site of these pages: `make docs-site`.

The repository's root is the source, so that the README, the examples and the changelog are pages
of the site and links between them work. A page says nothing to Sphinx: the menu is made here,
of the pages in each folder, in the order in which `docs/README.md` links to them.
"""

import inspect
import re
import shutil
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path

import attrs
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.inspect import stringify_signature

ROOT = Path(__file__).parents[1]

project = "phananh"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "README"
include_patterns = ["*.md", "docs/**", "examples/**.md"]

myst_heading_anchors = 4  # as GitHub makes them
myst_enable_extensions = ["html_image"]

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = "phananh"
html_copy_source = False
html_show_sphinx = False

# The groups of the menu. A page stands in the first that it fits.
MENU = {
    "Start": ("docs/README", "docs/tutorial/*", "examples/*"),
    "How to": ("docs/how-to/*",),
    "Look up": ("docs/api/index", "docs/reference/*"),
    "Understand": ("docs/explanation/*",),
    "Tiếng Việt": ("README.vi", "docs/vi/*"),
    "Project": ("*",),
}
ELSEWHERE = ("README", "docs/api/[!i]*")  # the menu stands on the first; an index lists the others
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)\.md[)#]")


# Languages of blocks that Pygments does not know; an act log has comments, as JSON has not.
PLAIN = ("csv", "ics", "jsonl", "mermaid")


def setup(app: Sphinx) -> None:
    """Give the README a menu, the site a first page, and classes a signature to read."""
    for language in PLAIN:
        app.add_lexer(language, TextLexer)
    app.connect("source-read", add_menu)
    app.connect("build-finished", add_first_page)
    app.connect("autodoc-process-signature", shorten_defaults)


def add_menu(app: Sphinx, docname: str, source: list[str]) -> None:
    """Append the menu to the README as Sphinx reads it; the file itself has none."""
    if docname == root_doc:
        source[0] += "".join(menu(app.project.docnames))


def menu(docnames: Iterable[str]) -> list[str]:
    """Return a table of contents for each group of pages that has any."""
    groups: dict[str, list[str]] = {caption: [] for caption in MENU}
    for docname in sorted(docnames, key=place_in_index()):
        if not fits(docname, ELSEWHERE):
            groups[next(each for each in MENU if fits(docname, MENU[each]))].append(docname)
    head = "\n```{{toctree}}\n:hidden:\n:titlesonly:\n:caption: {}\n\n{}\n```\n"
    return [head.format(caption, "\n".join(pages)) for caption, pages in groups.items() if pages]


def place_in_index() -> Callable[[str], tuple[int, str]]:
    """Return a key that sorts pages as docs/README.md links to them, and the rest by name."""
    index = ROOT / "docs" / "README.md"
    links = LINK.findall(index.read_text(encoding="utf-8"))
    linked = [(index.parent / link).resolve().relative_to(ROOT).as_posix() for link in links]
    places = {docname: n for n, docname in reversed([*enumerate(["docs/README", *linked])])}
    return lambda docname: (places.get(docname, len(places)), docname)


def fits(docname: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a page is one of a group."""
    return any(fnmatch(docname, pattern) for pattern in patterns)


def add_first_page(app: Sphinx, error: Exception | None) -> None:
    """Let a browser that asks for the folder see the README."""
    if error is None and app.builder.format == "html":
        shutil.copyfile(app.outdir / "README.html", app.outdir / "index.html")


class Default:
    """A default that is computed, or too long to be read in a signature."""

    def __repr__(self) -> str:
        """Return the three dots of a stub."""
        return "..."


def shorten_defaults(
    _app: Sphinx, what: str, _name: str, value: object, *rest: object
) -> tuple[str, str | None] | None:
    """Write the signature of an attrs class with those defaults alone that are short."""
    if what not in ("class", "exception") or not attrs.has(value):
        return None
    signature = inspect.signature(value)
    shown = [
        each
        if each.default is each.empty or len(repr(each.default)) < 12
        else each.replace(default=Default())
        for each in signature.parameters.values()
    ]
    return stringify_signature(
        signature.replace(parameters=shown), unqualified_typehints=True
    ), None
