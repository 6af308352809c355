"""Invariants that are asked of each answer, of a desk, or of all that was walked (Art. 3, 7-9)."""

from phananh.testing.invariants.invariant import Invariant

CAN_BE_ANSWERED = Invariant(
    id="V1",
    name="every_case_can_be_answered",
    clause="3.1",
    formula="Every open case can still reach an answer or a reasoned refusal, and be closed.",
    mutants=("M1 no opinion",),
)
RECEIVED_AT_ANY_HOUR = Invariant(
    id="V2",
    name="received_at_any_hour",
    clause="3.2",
    formula="A request is received at any instant, also at night, on Sundays and at Tết.",
    mutants=("M2 refused out of hours",),
)
REFUSED_CHANGES_NOTHING = Invariant(
    id="V30",
    name="a_refused_act_changes_nothing",
    clause="of the library",
    formula="After an act that is refused, histories, rows and the feed are what they were.",
    mutants=("M30 recorded before the guards",),
)
ROW_IS_FOLD = Invariant(
    id="V40",
    name="a_row_is_its_history",
    clause="of the library",
    formula="What a list shows of a case is what its history adds up to.",
    mutants=("M31 the old holder",),
)
ALLOWED_IS_TRUE = Invariant(
    id="V32",
    name="allowed_tells_the_truth",
    clause="of the library",
    formula="What is recorded was said to be allowed, and what has no step was not.",
    mutants=("M32 whatever the clock says",),
)
RAN_OUT_IS_LATE = Invariant(
    id="V46",
    name="a_limit_that_ran_out_lapses",
    clause="9.2",
    formula="Once its last instant has passed, a limit lapses when a sweep looks, in every case.",
    mutants=("M63 no accused case lapses",),
)
SAME_ANSWER = Invariant(
    id="V33",
    name="the_same_answer_again",
    clause="of the library",
    formula="The same history, act and instant have the same answer, whenever it is asked for.",
    mutants=("M33 by a clock of its own",),
)
IS_REACHED = Invariant(
    id="W",
    name="what_must_be_possible_happens",
    clause="8.1.b, 8.1.c1, 8.1.c2, 8.3, 9.2, 9.3",
    formula="What the text provides for can happen: a late answer, a reschedule, an opinion.",
    mutants=(
        "M37 the first appointment counts",
        "M45 no answer once overdue",
        "M70 no provider",
        "M71 the leadership hears of services only",
        "M72 always competent",
    ),
)
WHOLE = (
    CAN_BE_ANSWERED,
    RECEIVED_AT_ANY_HOUR,
    REFUSED_CHANGES_NOTHING,
    ROW_IS_FOLD,
    ALLOWED_IS_TRUE,
    RAN_OUT_IS_LATE,
    SAME_ANSWER,
    IS_REACHED,
)
