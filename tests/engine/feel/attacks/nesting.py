"""Texts that are deep, long, or can be read in many ways."""

from __future__ import annotations

from tests.engine.feel.attacks.attack import Attack, Null, Refused, Stopped, Value, nested

DEEP = Refused("nesting|levels|operators|deep")
DEEP_VALUE = Stopped("nested|within each other|steps")
UNKNOWN = Null("a variable|variable a")
LEVELS = 5_000
MANY_NAMES = ", ".join(f"{' '.join(['a'] * n)}: {n}" for n in range(1, 200))
ALIKE = " + ".join(["a a a a a"] * 100)
DEEP_LIST: list[object] = []
for _ in range(900):
    DEEP_LIST = [DEEP_LIST]

ATTACKS = (
    Attack("brackets", nested("(", ")", LEVELS), DEEP),
    Attack("brackets that are never closed", "(" * 60_000, DEEP),
    Attack("lists", nested("[", "]", LEVELS), DEEP),
    Attack("contexts", nested("{a: ", "}", LEVELS), DEEP),
    Attack("contexts that are never closed", "{a: " * 10_000, DEEP),
    Attack("conditions", nested("if true then ", " else 2", 2_000), DEEP),
    Attack("conditions in the other branch", nested("if false then 1 else ", "", 2_000), DEEP),
    Attack("loops", nested("for x in [1] return ", "", 2_000), DEEP),
    Attack("quantifiers", nested("some x in [1] satisfies ", "", 2_000, "true"), DEEP),
    Attack("functions", nested("function(x) ", "", LEVELS), DEEP),
    Attack("calls", nested("abs(", ")", LEVELS), DEEP),
    Attack("calls of calls", "abs" + "()" * 20_000, DEEP),
    Attack("filters", nested("[1][", "]", LEVELS), DEEP),
    Attack("filters one after another", "[1]" + "[1]" * 15_000, DEEP),
    Attack("members", "{}" + ".a" * 20_000, DEEP),
    Attack("minus signs", "-" * 30_000 + "1", DEEP),
    Attack("minus signs apart", "- " * 30_000 + "1", DEEP),
    Attack("sums", "1" + "+1" * 30_000, DEEP),
    Attack("powers", "1" + "**1" * 20_000, DEEP),
    Attack("conjunctions", "true" + " and true" * 7_000, DEEP),
    Attack("tests in tests", nested("1 in (", ")", LEVELS), DEEP),
    Attack("ranges in ranges", nested("[", "..2]", LEVELS), DEEP),
    Attack("types in types", f"1 instance of {nested('list<', '>', LEVELS, 'number')}", DEEP),
    Attack("comments in comments", "/*" * 30_000 + "1", Refused("")),
    Attack("many comments", "/**/" * 15_000 + "1", Value(1)),
    Attack("a text that is never closed", '"' + "x" * 60_000, Refused("")),
    Attack("escapes that are never closed", '"' + "\\" * 60_001, Refused("")),
    Attack("a name of many letters", "a" * 60_000, UNKNOWN),
    Attack("a name of many words", "a " * 30_000, UNKNOWN),
    Attack("names that begin alike", f"{{{MANY_NAMES}, r: {ALIKE}}}.r", Value(500)),
    Attack("more text than may be", f"1{' ' * 100_000}+ 1", Refused("65536")),
    Attack("a context of many entries", "{" + "a: 1, " * 8_000 + "a: 2}", Refused("")),
    Attack("a list input that is deep", "count(l)", Value(1), {"l": DEEP_LIST}),
    Attack("a deep list made by turns", "for i in 1..5000 return [partial[-1]]", Stopped("")),
    Attack(
        "a deep list as a text",
        "string((for i in 1..5000 return [partial[-1]])[-1])",
        DEEP_VALUE,
    ),
    Attack(
        "deep lists compared",
        "for l in [for i in 1..5000 return [partial[-1]]] return l = l",
        DEEP_VALUE,
    ),
    Attack(
        "a deep list flattened",
        "flatten(for i in 1..5000 return [partial[-1]])",
        Stopped("steps|nested"),
    ),
    Attack(
        "a deep list in a context",
        "distinct values(for i in 1..5000 return {a: partial[-1]})",
        DEEP_VALUE,
    ),
    *(
        Attack(f"{name} of ${{…}}", text, DEEP, {"a": 1, "t": True}, "juel")
        for name, text in (
            ("brackets", nested("(", ")", 1_500)),
            ("lists", nested("[", "]", 1_500)),
            ("negations", "!" * 3_000 + "t"),
            ("sums", "a" + "+1" * 2_000),
            ("conditions", "t ? 1 : " * 400 + "2"),
        )
    ),
    Attack("more text than may be of ${…}", f"1{' ' * 5_000}+ 1", Refused("4096"), dialect="juel"),
)
