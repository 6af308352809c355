"""The pictures: each shows what its table has, and names what there is."""

import re
from xml.etree import ElementTree

import pytest

import phananh
from phananh.cli.commands.lifecycle import merge_labels
from tests.pictures import act, layers, lifecycle
from tests.pictures.drawing import Drawing

PICTURES = pytest.mark.parametrize("made", [act, layers, lifecycle], ids=lambda made: made.__name__)


def texts(svg: str) -> list[ElementTree.Element]:
    """Return the texts of a picture, as elements."""
    picture = ElementTree.fromstring(svg)  # noqa: S314 - our own
    return [*picture.iter("{http://www.w3.org/2000/svg}text")]


def words(svg: str) -> list[str]:
    """Return the lines of text of a picture."""
    return [node.text or "" for node in texts(svg)]


@PICTURES
def test_a_picture_stands_alone(made):
    """A picture fetches nothing: it names no address but the one of its format."""
    assert set(re.findall(r"\w+://[^\"]+", made.draw())) == {"http://www.w3.org/2000/svg"}


@PICTURES
def test_no_text_leaves_the_card(made):
    """Every text of a picture stands on its card, if a letter takes seven pixels."""
    svg = made.draw()
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    for node in texts(svg):
        long = 7 * len(node.text)
        left = float(node.get("x")) - (long / 2 if node.get("text-anchor") == "middle" else 0)
        assert (left >= 0, left + long <= width) == (True, True), node.text
        assert 0 < float(node.get("y")) < height, node.text


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_every_step_is_drawn(lang):
    """Each step between two states has its arrow with its words, in both languages."""
    merged = merge_labels(lang).items()
    between = [label for (one, other), all_of in merged if one is not other for label in all_of]
    svg = lifecycle.draw(lang)
    assert [label for label in between if label not in words(svg)] == []
    assert svg.count("<polyline") == len(lifecycle.ROUTES)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_every_state_has_room_for_its_steps(lang):
    """No state has more lines than its box, whose edges the arrows touch."""
    for state, (*_, room) in lifecycle.PLACES.items():
        assert 1 + len(lifecycle.staying(state, lang)) <= room, state


def test_a_step_without_a_route_is_found(monkeypatch):
    """A step that the table has and the picture does not know cannot be drawn."""
    routes = dict(list(lifecycle.ROUTES.items())[1:])
    monkeypatch.setattr(lifecycle, "ROUTES", routes)
    with pytest.raises(KeyError):
        lifecycle.draw()


def test_every_error_on_the_way_is_one_of_ours():
    """What ends the way of an act is an error that the library exports."""
    named = {each for line in words(act.draw()) for each in re.findall(r"\w+Error", line)}
    assert {each for each in named if each not in phananh.__all__} == set()
    assert len(named) > 5


def test_every_folder_is_a_layer():
    """The layers are the modules of the library, each once."""
    drawn = [layer for row in layers.layers() for layer in row]
    assert sorted(drawn) == sorted({*drawn})
    assert {"articles", "desk", "regulation", "stores", "testing"} <= {*drawn}


def test_text_is_escaped():
    """A text that looks like markup is shown as it is."""
    picture = Drawing(100, 50, "a < b")
    picture.box(0, 0, 80, ["a < b & c"])
    assert words(picture.svg()) == ["a < b & c"]
