"""Days, laws and documents in words: one way of each in each language."""

from datetime import date

from phananh.worktime.phrases import cite


def test_a_citation_runs_from_small_to_large_in_vietnamese():
    """A clause comes before its article, and that before the code; English keeps its order."""
    source = "Bộ luật Lao động 2019, Điều 111 khoản 3"
    assert cite(source, None, "vi") == "khoản 3 Điều 111 Bộ luật Lao động 2019"
    assert cite(source, None, "en") == "Labour Code 2019, Article 111.3"


def test_a_document_is_cited_by_its_kind_in_full_and_its_date():
    """The letters before a number are an abbreviation, which English keeps."""
    issued = date(2025, 12, 25)
    assert cite("CV 1/VPCP", issued, "vi") == "Công văn số 1/VPCP ngày 25/12/2025"
    assert cite("CV 1/VPCP", issued, "en") == "CV 1/VPCP of 2025-12-25"
    assert cite("nội quy", None, "vi") == "nội quy"
