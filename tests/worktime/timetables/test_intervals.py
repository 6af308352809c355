"""Sets of instants: the operations under the algebra of timetables."""

from hypothesis import given, strategies as st

from phananh.worktime.algebra import clip, difference, intersection, union

INSTANTS = st.integers(min_value=0, max_value=60)
SETS = st.lists(st.tuples(INSTANTS, INSTANTS).map(lambda p: (min(p), max(p))), max_size=6).map(
    union
)


@given(one=SETS, other=SETS, third=SETS)
def test_the_sets_are_a_boolean_algebra(one, other, third):
    """Each operation agrees with Python's sets of integers, and results are in normal form."""

    def whole(pairs):
        return {n for a, b in pairs for n in range(a, b)}

    for op, found in (
        (set.union, union(one, other)),
        (set.intersection, intersection(one, other)),
        (set.difference, difference(one, other)),
    ):
        assert (whole(found), found) == (op(whole(one), whole(other)), union(found))
    assert difference(one, union(other, third)) == difference(difference(one, other), third)


@given(one=SETS, begin=INSTANTS, length=INSTANTS)
def test_clipping_is_the_intersection_with_one_interval(one, begin, length):
    """What is cut off at both ends is what lies outside."""
    stop = begin + length
    assert clip(one, begin, stop) == intersection(one, union([(begin, stop)]))
