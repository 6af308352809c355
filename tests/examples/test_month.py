"""The example of a month does what its page says, on fewer cases."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "month" / "month.py"


def test_month(tmp_path: Path) -> None:
    """Letters arrive, the inbox is by urgency, and the report adds up and is in its files."""
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLE), "--cases", "300", "--out", str(tmp_path)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (run.stderr, run.returncode) == ("", 0)
    sent = re.search(r"(\d+) letters, such as '([^']+)'", run.stdout)
    assert sent is not None
    assert int(sent[1]) > 3
    assert "mã số HB-2506-" in sent[2]
    assert "'received': 300" in run.stdout
    assert "THỦ TRƯỞNG ĐƠN VỊ" in (tmp_path / "june.html").read_text(encoding="utf-8")
    assert "xl/charts/chart1.xml" in zipfile.ZipFile(tmp_path / "june.xlsx").namelist()
