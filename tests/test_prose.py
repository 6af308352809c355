"""The prose is plain: what is counted in it keeps the bounds that CONTRIBUTING.md gives."""

from tests import prose

GUIDES = ("README.md", "docs/README.md", "docs/tutorial/", "docs/how-to/")


def test_prose_keeps_its_bounds():
    """No page has many semicolons and nobodies, and the guides say "you"."""
    pages = list(prose.pages())
    assert {page.name: found for page in pages if (found := prose.too_many(page))} == {}
    guides = [page for page in pages if page.name.startswith(GUIDES)]
    for key, least in prose.AT_LEAST.items():
        assert prose.rate(guides, key) >= least, key


def test_docstrings_keep_the_same_bounds():
    """Docstrings have few semicolons and nobodies too."""
    found = list(prose.docstrings())
    for key, most in prose.AT_MOST.items():
        assert prose.rate(found, key) <= most, key


def test_readme_is_short():
    """A stranger comes to the first code in few words, and reads the page in three minutes."""
    page = (prose.ROOT / "README.md").read_text(encoding="utf-8")
    assert len(page[: page.index("```python")].split()) < 190
    assert len(prose.without_code(page).split()) < 600
