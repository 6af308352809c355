"""The layers of the library, drawn from the contract that forbids an import upwards."""

import tomllib

from tests.house import ROOT
from tests.pictures.drawing import Drawing

WIDE, TALL, GAP = 150, 31, 15


def draw() -> str:
    """Return the picture of the layers, the topmost first."""
    rows = layers()
    height = 55 + len(rows) * (TALL + GAP)
    picture = Drawing(380, height, "The layers of phananh: an import points down, never up")
    picture.write(28, 32, ["An import points down, never up."], look="small")
    for n, row in enumerate(rows):
        y = 50 + n * (TALL + GAP)
        for m, layer in enumerate(row):
            picture.box(28 + m * (WIDE + 20), y, WIDE, [layer], kind="box" if m == 0 else "plain")
        if n:
            picture.arrow((103, y - GAP), (103, y - 1))
    return picture.svg()


def layers() -> list[list[str]]:
    """Return the names of each layer; those of one layer know nothing of each other."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = data["tool"]["importlinter"]["contracts"]
    whole = next(each for each in contracts if each.get("containers") == ["phananh"])
    return [[part.strip("() ") for part in line.split("|")] for line in whole["layers"]]
