from engine.feel.patterns import ranges


def test_joined_ranges_are_in_order_and_do_not_touch() -> None:
    assert ranges.joined([(5, 6), (1, 2), (3, 3), (6, 9), (20, 20), (7, 8)]) == (
        (1, 3),
        (5, 9),
        (20, 20),
    )


def test_complement_is_everything_else() -> None:
    assert ranges.complement(((0, 4), (10, 10))) == ((5, 9), (11, ranges.LAST))
    assert ranges.complement(ranges.NONE) == ranges.ALL
    assert ranges.complement(ranges.ALL) == ranges.NONE


def test_without_takes_away_what_both_have() -> None:
    assert ranges.without(((1, 10),), ((0, 2), (5, 6), (10, 12))) == ((3, 4), (7, 9))


def test_has_and_size() -> None:
    few = ((3, 4), (7, 7))
    assert [code for code in range(10) if ranges.has(few, code)] == [3, 4, 7]
    assert ranges.size(few) == 3
