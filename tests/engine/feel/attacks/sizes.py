"""Asking for much: numbers, texts, lists, loops and values that grow."""

from __future__ import annotations

from tests.engine.feel.attacks.attack import Attack, Failed, Null, Refused, Stopped, Value, entries

STEPS = Stopped("steps")
LIST = Stopped("items in a list")
STRING = Stopped("characters in a string")
NOTHING = Null("")
TEN_THOUSAND = "for i in 1..10000 return"

NUMBERS = (
    Attack("a power of a power", "9 ** (9 ** 9)", NOTHING),
    Attack("powers one after another", "10 ** 10 ** 10", Value(1e100)),
    Attack("a product that overflows", "10 ** 6000 * 10 ** 6000", NOTHING),
    Attack("a power close to one", "1.0000000001 ** (10 ** 30)", NOTHING),
    Attack("a root of a negative number", "(-2) ** 0.5", NOTHING),
    Attack("an exponential that overflows", "exp(10 ** 9)", NOTHING),
    Attack("an exponential that vanishes", "exp(-(10 ** 9)) < 1", Value(True)),
    Attack("a literal of many digits", "9" * 10_000, Refused("34 digits")),
    Attack("a literal with a huge exponent", "1e999999999", Refused("")),
    Attack("a text with a huge exponent", 'number("1E999999999")', NOTHING),
    Attack("a text of many digits", f'number("{"9" * 60_000}")', NOTHING),
    Attack("not a number", 'number("NaN")', NOTHING),
    Attack("infinity", 'number("Infinity")', NOTHING),
    Attack("a signalling not a number", 'number("sNaN12")', NOTHING),
    Attack("Python's digits in groups", 'number("1_000")', NOTHING),
    Attack("a thousand million decimal places", "decimal(1 / 3, 10 ** 9)", NOTHING),
    Attack("rounding at a huge scale", "round up(1.5, 10 ** 6000)", NOTHING),
    Attack("flooring at a huge scale", "floor(1.5, -(10 ** 9))", NOTHING),
    Attack("a huge number as a text", "string length(string(10 ** 6000))", Value(7)),
    Attack("a remainder of a huge number", "modulo(10 ** 6000, 7) >= 0", Value(True)),
    Attack("a huge position in a list", "[1, 2][10 ** 6000]", NOTHING),
    Attack("a huge position in a text", 'substring("a", 10 ** 6000)', NOTHING),
    Attack("a huge length of a text", 'substring("abc", 2, 10 ** 6000)', Value("bc")),
    Attack("inserting at a huge position", "insert before([1], 10 ** 6000, 1)", NOTHING),
    Attack("removing at a huge position", "remove([1], -(10 ** 6000))", NOTHING),
    Attack("a year of many digits", f'date("{"9" * 5_000}-01-01")', NOTHING),
    Attack("a huge year", "date(10 ** 30, 1, 1)", NOTHING),
    Attack("a huge month", "date(2020, 10 ** 6000, 1)", NOTHING),
    Attack("a duration of many digits", f'duration("P{"9" * 5_000}Y")', NOTHING),
    Attack("a second of many digits", f'time("10:00:00.{"9" * 60_000}")', NOTHING),
    Attack("the day after the last", 'date("999999999-12-31") + duration("P1D")', NOTHING),
    Attack("the year before the first", 'date("-999999999-01-01") - duration("P1Y")', NOTHING),
    Attack("a duration multiplied", 'duration("P1D") * 10 ** 6000', NOTHING),
    Attack("a duration divided", 'duration("P999999999Y") / (1 / 10 ** 6000)', NOTHING),
    Attack("months beyond the calendar", 'date("2020-01-01") + duration("P99999999999M")', NOTHING),
)

LOOPS = (
    Attack("a thousand million turns", "for i in 1..10 ** 9 return i", LIST),
    Attack("turns without end", "for i in 1..10 ** 6000 return i", Stopped("")),
    Attack("turns that are counted only", "some i in 1..10 ** 9 satisfies i = 0", STEPS),
    Attack("turns that all hold", "every i in 1..10 ** 12 satisfies true", STEPS),
    Attack("loops within each other", "for a in 1..1000, b in 1..1000, c in 1..9 return 1", LIST),
    Attack(
        "quantifiers within each other",
        "some a in 1..9999, b in 1..9999, c in 1..9999 satisfies a + b + c = 0",
        STEPS,
    ),
    Attack(
        "loops in a body",
        f"count({TEN_THOUSAND} count({TEN_THOUSAND} count({TEN_THOUSAND} 1)))",
        STEPS,
    ),
    Attack("every day there is", 'for d in @"-999999-01-01"..@"999999-01-01" return d', LIST),
    Attack("a high start", "for i in 10 ** 30..10 ** 30 + 1 return i - 10 ** 30", Value([0, 1])),
    Attack("a range of texts", 'for i in "a".."zzzz" return i', NOTHING),
    Attack("a range that is only asked", "5 in [1..10 ** 100]", Value(True)),
    Attack(
        "a filter in a filter", f"count(({TEN_THOUSAND} i)[({TEN_THOUSAND} 1)[item > i]])", STEPS
    ),
    Attack(
        "what came before, each turn", "count(for i in 1..10000 return count(partial))", Stopped("")
    ),
    Attack("what came before, kept", "for i in 1..10000 return partial", Stopped("")),
)

TEXTS = (
    Attack("texts doubled", entries(40, '"abcdefgh"', "{} + {}") + ".v39", STRING),
    Attack(
        "texts doubled by turns",
        'for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        STRING,
    ),
    Attack("texts joined", f'string join({TEN_THOUSAND} "0123456789", ", ")', STRING),
    Attack(
        "texts joined by a long one", f'string join({TEN_THOUSAND} "", s)', STRING, {"s": "x" * 99}
    ),
    Attack(
        "texts grown by replacing",
        'replace(s, "a", "$0$0$0$0$0$0$0$0$0")',
        STRING,
        {"s": "a" * 9999},
    ),
    Attack(
        "texts grown between letters", 'replace(s, "", "0123456789")', NOTHING, {"s": "a" * 9999}
    ),
    Attack("a text split into letters", 'split(s, "")', NOTHING, {"s": "a" * 60_000}),
    Attack("a list as a text", f"string length(string({TEN_THOUSAND} 1234567))", STRING),
    Attack(
        "a long text repeated",
        "for i in 1..10000 return s",
        Stopped("characters|steps"),
        {"s": "x" * 9999},
    ),
    Attack(
        "a long name of an entry",
        "for i in 1..10000 return context put({}, s, i)",
        STEPS,
        {"s": "x" * 9999},
    ),
    Attack(
        "many long texts",
        "count(for i in 1..10000 return s + string(i))",
        Stopped(""),
        {"s": "x" * 65_000},
    ),
)

LISTS = (
    Attack("lists doubled", entries(40, "[1, 2]", "concatenate({}, {})") + ".v39", LIST),
    Attack("lists joined and flattened", entries(40, "[1, 2]", "flatten([{}, {}])") + ".v39", LIST),
    Attack("a list within itself, doubled", entries(64, "[1]", "[{}, {}]") + ".v63", Stopped("")),
    Attack("the same, flattened", f"flatten({entries(64, '[1]', '[{}, {}]')}.v63)", Stopped("")),
    Attack("the same, as a text", f"string({entries(64, '[1]', '[{}, {}]')}.v63)", Stopped("")),
    Attack(
        "the same, compared",
        f"{entries(64, '[1]', '[{}, {}]')}.v63 = {entries(64, '[1]', '[{}, {}]')}.v63",
        Stopped(""),
    ),
    Attack(
        "the same, without doubles",
        f"distinct values([{entries(64, '[1]', '[{}, {}]')}.v63])",
        Stopped(""),
    ),
    Attack(
        "the same, its type asked",
        f"{entries(40, '[1]', '[{}, {}]')}.v39 instance of {'list<' * 40}number{'>' * 40}",
        Stopped(""),
    ),
    Attack(
        "a context within itself", entries(64, "{a: 1}", "{a: {}, b: {}}") + ".v63", Stopped("")
    ),
    Attack("a list of many items written", f"count([{'1,' * 32_000}1])", Value(32_001)),
    Attack(
        "ten thousand in reverse",
        f"sort({TEN_THOUSAND} -i, function(x, y) x < y)[1]",
        Value(-10_000),
    ),
    Attack(
        "doubles of ten thousand", f"count(distinct values({TEN_THOUSAND} [i, i]))", Value(10_000)
    ),
    Attack("the modes of ten thousand", f"count(mode({TEN_THOUSAND} i))", Value(10_000)),
    Attack("ten thousand united", f"count(union({TEN_THOUSAND} i, {TEN_THOUSAND} i))", LIST),
)

LONG = "x" * 5_000_000
WIDE: dict[str, object] = {"many": [1] * 1_000_000}

INPUTS = (
    Attack("a million items counted", "count(many)", STEPS, WIDE),
    Attack("a million items filtered", "many[item > 5]", STEPS, WIDE),
    Attack("a million items paired", "for x in many, y in many return 1", STEPS, WIDE),
    Attack("a million items as they are", "many", STEPS, WIDE),
    Attack("a long text as it is", "s", Value(LONG), {"s": LONG}),
    Attack("a long text measured", "string length(s)", Value(len(LONG)), {"s": LONG}),
)

SHORT = (
    Attack("a product of ${…}", "9999999999 * 9999999999", Failed(""), dialect="juel"),
    Attack("powers of ${…}", "9 ** 9", Refused(""), dialect="juel"),
    Attack("infinity of ${…}", "1e308 + 1e308", Failed(""), dialect="juel"),
    Attack("a text of digits of ${…}", f"number('{'9' * 4000}')", Failed(""), dialect="juel"),
    Attack("not a number of ${…}", "number('nan')", Failed(""), dialect="juel"),
    Attack("a long text of ${…}", "s + s", Failed("at most"), {"s": "x" * 60_000}, dialect="juel"),
    Attack(
        "a long list of ${…}",
        "concatenate(c, c)",
        Failed("at most"),
        {"c": [1] * 9000},
        dialect="juel",
    ),
    Attack(
        "a list within itself of ${…}",
        "[" + ", ".join(["s"] * 20) + "]",
        Stopped("at most"),
        {"s": "x" * 60_000},
        dialect="juel",
    ),
)

ATTACKS = NUMBERS + LOOPS + TEXTS + LISTS + INPUTS + SHORT
