"""The paragraphs of the Regulation, by clause: `python -m tests.regulation_text FILE [--tie]`.

The signed text is not in this repository. What is stored of each paragraph is a digest, and beside
it one of our paraphrases, so that neither changes without the other being read again. The program
names what is no longer so, and `--tie` stores both anew, once you have read them side by side.
"""

import argparse
import hashlib
import re
import sys
import unicodedata
from pathlib import Path

from phananh.articles import CLAUSES

TIED = Path(__file__).parent / "data" / "paragraphs-2370.csv"
NUMBERED = (r"Điều (\d+)\. ", r"(\d+)\. ", r"([a-dđ])\) ")  # an article, a clause, a point
END = ("Nơi nhận:", "CHỦ TỊCH")


def fold(text: str) -> str:
    """Return a text in NFC, with each run of white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(*texts: str) -> str:
    """Return the first quarter of a digest, which is enough to see a change."""
    return hashlib.sha256("\n".join(map(fold, texts)).encode()).hexdigest()[:16]


def split(text: str) -> dict[str, str]:
    """Return each paragraph of the signed text by the id of its clause, in order."""
    decision, _, regulation = unicodedata.normalize("NFC", text).partition("\nQUY CHẾ\n")
    found = {f"QD.{place}": said for place, said in list_paragraphs(decision)}
    for place, said in list_paragraphs(regulation):
        name = place.replace("đ", "dd")
        if name in found:  # the text has two points c in one clause (R1)
            found[f"{name}1"], name = found.pop(name), f"{name}2"
        found[name] = said
    return {clause: found[clause] for clause in CLAUSES if clause in found}


def list_paragraphs(text: str) -> list[tuple[str, str]]:
    """Return each paragraph with its place, such as `8.1.c`.

    One without a number goes on with the one before, which a page cut, unless that had ended:
    then it is the second of its clause.
    """
    place, found = ["", "", ""], list[tuple[str, str]]()
    for line in map(fold, text.split("\n\n")):
        numbers = [re.match(form, line) for form in NUMBERED]
        depth = next((at for at, number in enumerate(numbers) if number), None)
        if found and line.startswith(END):
            break
        if depth is not None:
            place = [*place[:depth], numbers[depth][1], "", ""][:3]
            found.append((".".join(filter(None, place)), line))
        elif found and not line.isupper() and not line.startswith("Chương"):
            name, said = found[-1]
            found[-1:] = (
                [(name, said), (f"{name}.p2", line)]
                if said.endswith(".")
                else [(name, f"{said} {line}")]
            )
    return found


def read() -> dict[str, tuple[str, str]]:
    """Return the digests of the paragraph and of the paraphrases of each clause, as stored."""
    rows = (line.split(",") for line in TIED.read_text("ascii").splitlines()[1:])
    return {clause: (paragraph, ours) for clause, paragraph, ours in rows}


def tie(text: str) -> dict[str, tuple[str, str]]:
    """Return the digests as the signed text and the paraphrases have them now."""
    return {
        clause: (digest(said), digest(*CLAUSES[clause])) for clause, said in split(text).items()
    }


def main() -> int:
    """Compare what is stored with a file of the signed text, or store it anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.regulation_text", description=__doc__)
    parser.add_argument("file", type=Path, help="the signed text, in UTF-8")
    parser.add_argument("--tie", action="store_true", help="store the digests of both anew")
    given = parser.parse_args()
    now = tie(given.file.read_text("utf-8"))
    if given.tie:
        rows = "".join(f"{clause},{','.join(both)}\n" for clause, both in now.items())
        TIED.write_text(f"clause,paragraph,paraphrases\n{rows}", "ascii")
    loose = [clause for clause in CLAUSES if now.get(clause) != read().get(clause)]
    print("\n".join(f"read again: {clause}" for clause in loose))
    return int(bool(loose))


if __name__ == "__main__":
    sys.exit(main())
