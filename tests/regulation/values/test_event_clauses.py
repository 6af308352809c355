"""The clauses and readings that a sentence of the history cites (Art. 7.2, 8.3, 9.1, 9.2)."""

import attrs

from phananh.regulation import acts as a
from phananh.regulation.events import clause_text
from tests.regulation import cast


def cited(case, act, **how):
    """Return what the event of an act cites, in Vietnamese and English."""
    event = cast.decide_on(case, act, **how).events[-1]
    return clause_text(event, "vi"), clause_text(event, "en")


def test_a_refusal_out_of_competence_rests_on_the_opinion():
    """8.3, R43: 7.2 speaks of Articles 4 and 6 alone, and is cited only with another reason."""
    case = cast.record(cast.at_leadership(), cast.OPINION)
    assert cited(case, cast.reject("out_of_competence")) == (
        "khoản 3 Điều 8, cách hiểu R43", "Art. 8(3), reading R43",
    )  # fmt: skip
    assert cited(case, cast.reject("out_of_competence", "unclear")) == (
        "khoản 2 Điều 7; khoản 3 Điều 8, cách hiểu R43",
        "Art. 7(2); Art. 8(3), reading R43",
    )
    assert cited(cast.received_case(), cast.reject("unclear"))[0] == "khoản 2 Điều 7"


def test_an_agency_is_late_by_the_text_and_an_officer_by_a_reading():
    """9.2 names the state for agencies only, so that of an officer cites R2."""
    officer, agency = cast.at_officer(), cast.at_agency()
    late = cited(officer, a.Lapse(), at=officer.due + cast.US)
    assert late == ("khoản 1 Điều 9, cách hiểu R2", "Art. 9(1), reading R2")
    assert cited(agency, a.Lapse(), at=agency.due + cast.US)[0] == "khoản 2 Điều 9"


def test_a_clause_of_other_rules_is_cited_alone():
    """Our readings are of the Decision; a history of before clauses were stored cites none."""
    case = cast.record(cast.at_leadership(), cast.OPINION)
    event = cast.decide_on(case, cast.reject("out_of_competence")).events[-1]
    other = attrs.evolve(event, article="5@61/2018/NĐ-CP")
    assert clause_text(other, "vi") == "Điều 5 của 61/2018/NĐ-CP"
    assert clause_text(attrs.evolve(event, article=None), "vi") == ""
    officer = cast.at_officer()
    lapsed = cast.decide_on(officer, a.Lapse(), at=officer.due + cast.US).events[-1]
    other = attrs.evolve(lapsed, article="13.8@01/2018/TT-VPCP")
    assert clause_text(other, "en") == "Art. 13(8) of 01/2018/TT-VPCP"
