"""A bill of materials against pyproject.toml: `make release` runs this on dist/sbom.json.

It prints each component with its licences, and fails if a dependency is missing in it or a
component has no licence.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main(bill: Path) -> int:
    """Return how many dependencies and components are wrong, and name them."""
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    licences = {each["name"]: each.get("licenses") for each in components}
    for name, each in licences.items():
        print(name, json.dumps(each))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"\W", line)[0] for line in project["dependencies"]}
    wrong = {name for name in needed | licences.keys() if not licences.get(name)}
    print("not there, or without a licence:", ", ".join(sorted(wrong)) or "none")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
