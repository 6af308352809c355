"""`phananh procedures`: what a caller asks about, in the version of a day."""

from tests.cli.terminal import rows, run

CATALOGUE = """Mã,Tên thủ tục,Lĩnh vực,Từ ngày,Đến ngày
MAU-1,Cấp lại giấy phép lái xe,Đường bộ,,30/06/2024
MAU-1,Cấp lại giấy phép lái xe điện tử,Đường bộ,01/07/2024,
MAU-2,Đăng ký kết hôn,Hộ tịch,,
"""


def test_a_procedure_is_found_in_the_version_of_the_day(file):
    """Words without marks find it, today or on the day of `--at`, as a table or JSON."""
    path = file(CATALOGUE, "catalogue.csv")
    (today,) = rows(run("procedures", path, "mat", "gplx", "--json"))
    (then,) = rows(run("procedures", path, "mat gplx", "--at", "30/06/2024", "--json"))
    assert (today["since"], then["until"]) == ("2024-07-01", "2024-06-30")
    told = run("procedures", path, "cuoi vo ket hon", "--lang", "vi").stdout
    assert "MAU-2  Đăng ký kết hôn  Hộ tịch" in told
    assert run("procedures", path, "zzz").stdout == "no procedures\n"
    missing = run("procedures", file("", "none.txt"), "x")
    assert (missing.exit_code, ".xlsx" in missing.stderr) == (2, True)
    assert "cannot read or write none.csv: No such" in run("procedures", "none.csv", "x").stderr
