"""The present state of a case, by its own rules, or as recorded if they were not given."""

import attrs

from phananh.cli.context import RunContext
from phananh.desk.desk import Desk
from phananh.errors import UnknownRulesError
from phananh.regulation.case import Case
from phananh.regulation.cautions import caution_text
from phananh.regulation.intake import Requirement


@attrs.define
class CurrentCases:
    """The cases of a run as of its moment. Missing rules are reported once each."""

    context: RunContext
    desk: Desk
    _told: set[str] = attrs.field(factory=set, init=False)

    def as_of(self, case: Case) -> Case:
        """Return the case with a lapse that is not recorded yet."""
        try:
            return self.desk.as_of(case)
        except UnknownRulesError as error:
            if error.rules not in self._told:
                self._told.add(error.rules)
                self.context.warn("shown_as_recorded", problem=error.text(self.context.lang))
            return case

    def cautions(self, case: Case) -> tuple[str, ...]:
        """Return the slugs of its cautions."""
        try:
            return self.desk.cautions(case)
        except UnknownRulesError:
            return ()

    def caution_texts(self, case: Case) -> str:
        """Return the cautions in words, empty if there are none."""
        slugs = self.cautions(case)
        rules = self.desk.rules_of(case) if slugs else None
        return "; ".join(caution_text(slug, rules, self.context.lang) for slug in slugs if rules)

    def unmet(self, case: Case) -> tuple[Requirement, ...]:
        """Return the unmet requirements, as long as they can be met or the request refused."""
        try:
            return self.desk.unmet(case) if case.is_open else ()
        except UnknownRulesError:
            return ()
