"""How Sphinx builds the site of these pages: `make docs-site`.

The repository's root is the source, so that the README, the examples and the changelog are pages
of the site and links between them work. A page says nothing to Sphinx: the menu is made here,
of the pages in each folder, in the order in which `docs/README.md` links to them.
"""

import inspect
import re
import shutil
from collections.abc import Callable, Iterable
from enum import Enum
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import attrs
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.inspect import stringify_signature

ROOT = Path(__file__).parents[1]

project = "phananh"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
default_role = "py:obj"  # backticks make code, and a link if the name has a place
root_doc = "README"
include_patterns = ["*.md", "docs/**", "examples/**.md"]

myst_heading_anchors = 4  # as GitHub makes them

# Of a block with prompts the button copies what a reader types.
copybutton_prompt_text = r">>> |\.\.\. ?|\$ "
copybutton_prompt_is_regexp = True

autoclass_content = "both"  # a constructor says what it takes in a docstring of its own
autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100

html_theme = "furo"
html_title = "phananh"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_static_path = ["site.css", "site.js"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]

# The groups of the menu. A page stands in the first that it fits.
MENU = {
    "Tiếng Việt": ("README.vi", "docs/vi/*"),
    "Start": ("docs/README", "docs/tutorial/*", "examples/*"),
    "How to": ("docs/how-to/*",),
    "Look up": ("docs/reference/*",),
    "Understand": ("docs/explanation/*",),
    "Project": ("[!d]*", "docs/contributing/*"),
}
# Pages under another page of the menu: signatures, evidence, and each example.
UNDER = {
    "docs/reference/api": "docs/api/*",
    "docs/README": "docs/evidence/*",
    "examples/README": "examples/*/*",
}
ELSEWHERE = ("README", *UNDER.values())  # the menu stands on the first
TOCTREE = "\n```{{toctree}}\n:hidden:\n:titlesonly:\n:caption: {}\n\n{}\n```\n"
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)\.md[)#]")
# The tests write such a block to a file, and a reader should too.
WRITTEN = re.compile(r"^<!-- (file|append|write): (\S+) -->\n```(\w+)\n", re.MULTILINE)
CAPTIONED = "```{{code-block}} {}\n:caption: {}\n\n"
# A paragraph is a window in which a wide picture scrolls.
PICTURE = re.compile(r'^<img alt="([^"]*)" src="([^"]*)"[^>]*>$', re.MULTILINE)
VIETNAMESE_MENU = re.compile(r'(<p class="caption"[^>]*)(><span[^>]*>Tiếng Việt</span></p>\s*<ul)')


# Languages of blocks that Pygments does not know; an act log has comments, as JSON has not.
PLAIN = ("csv", "ics", "jsonl", "mermaid")


def setup(app: Sphinx) -> None:
    """Give the README a menu, the site a first page, and classes a signature to read."""
    for language in PLAIN:
        app.add_lexer(language, TextLexer)
    app.connect("source-read", show_files_and_pictures)
    app.connect("source-read", add_menu)
    app.connect("html-page-context", say_language, priority=900)
    app.connect("build-finished", add_first_page)
    app.connect("autodoc-process-docstring", drop_generated)
    app.connect("autodoc-process-signature", shorten_defaults)


def show_files_and_pictures(_app: Sphinx, _docname: str, source: list[str]) -> None:
    """Show the name of a file above the block that is written to it, and pictures as paragraphs."""
    text = PICTURE.sub(r"![\1](\2)", source[0])
    source[0] = WRITTEN.sub(
        lambda m: CAPTIONED.format(m[3], f"`{m[2]}`" + ", continued" * (m[1] == "append")), text
    )


def say_language(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Mark pages in Vietnamese, and their names in the menu, as Vietnamese."""
    if fits(pagename, MENU["Tiếng Việt"]):
        context["language"] = "vi"
    if tree := context.get("furo_navigation_tree"):
        context["furo_navigation_tree"] = VIETNAMESE_MENU.sub(r'\1 lang="vi"\2 lang="vi"', tree)


def add_menu(app: Sphinx, docname: str, source: list[str]) -> None:
    """Append the menu to the README, and to a page with pages under it the list of them."""
    if docname == root_doc:
        source[0] += "".join(menu(app.project.docnames))
    if docname in UNDER:
        pages = sorted(each for each in app.project.docnames if fits(each, (UNDER[docname],)))
        source[0] += TOCTREE.format("More", "\n".join(f"/{each}" for each in pages))


def menu(docnames: Iterable[str]) -> list[str]:
    """Return a table of contents for each group of pages that has any."""
    groups: dict[str, list[str]] = {caption: [] for caption in MENU}
    for docname in sorted(docnames, key=place_in_index()):
        if not fits(docname, ELSEWHERE):
            groups[next(each for each in MENU if fits(docname, MENU[each]))].append(docname)
    return [TOCTREE.format(caption, "\n".join(pages)) for caption, pages in groups.items() if pages]


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


def drop_generated(
    _app: Sphinx, what: str, _name: str, _value: object, _options: object, lines: list[str]
) -> None:
    """Leave out what a constructor says that takes nothing new, and what a module says."""
    kept = [each for each in lines if not each.startswith(("Method generated by attrs", "Set "))]
    lines[:] = [] if what == "module" else kept


class Default:
    """A default that is computed, or too long to be read in a signature."""

    def __repr__(self) -> str:
        """Return the three dots of a stub."""
        return "..."


def shorten_defaults(
    _app: Sphinx, what: str, _name: str, value: object, *rest: object
) -> tuple[str, str | None] | None:
    """Write the signature of a function or an attrs class with those defaults that are short."""
    if what != "function" and not attrs.has(value):
        return None
    signature = inspect.signature(value)
    shown = [
        each if is_short(each.default, what) else each.replace(default=Default())
        for each in signature.parameters.values()
    ]
    if what == "function" and shown == [*signature.parameters.values()]:
        return None
    shortened = signature.replace(parameters=shown, return_annotation=signature.empty)
    returned = rest[-1] if what == "function" else None
    return stringify_signature(shortened, unqualified_typehints=True), returned


def is_short(default: object, what: str) -> bool:
    """Tell whether a default is read at a glance: of a class only a plain value, if any."""
    shown = repr(default)
    if default is inspect.Parameter.empty or (isinstance(default, Enum) and what == "function"):
        return True
    if what == "function":
        return len(shown) < 60 and not shown.startswith("<")
    plain = default is None or isinstance(default, bool | int | str | tuple)
    return plain and len(shown) < 24
