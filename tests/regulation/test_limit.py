"""A limit as data: how much working time, by which clause, and since when."""

from phananh.regulation.rules import HOA_BINH_2019


def test_a_limit_as_data_has_its_budget_once():
    """The budget stands as microseconds, and in words where a language is asked for."""
    limit = HOA_BINH_2019.officer_limit
    plain = limit.as_dict()
    assert plain == {"budget_us": 18_000_000_000, "article": "9.1", "since": "2019-10-30"}
    assert limit.as_dict("en")["budget_text"] == "5 working hours"
    assert "budget" not in limit.as_dict("vi")
