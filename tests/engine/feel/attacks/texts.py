"""Regular expressions that never end, and characters that are not what they seem."""

from __future__ import annotations

from tests.engine.feel.attacks.attack import Attack, Failed, Null, Refused, Stopped, Value

NOTHING = Null("")
EFFORT = Stopped("steps")
UNKNOWN = Null("variable")
GIVEN: dict[str, object] = {"s": "a" * 50_000 + "!", "t": "a" * 30}

ATTACKS = (
    Attack("a plus in a plus", 'matches(s, "^(a+)+$")', Value(False), GIVEN),
    Attack("a choice of the same", 'matches(s, "^(a|a)*$")', Value(False), GIVEN),
    Attack("a choice that overlaps", 'matches(s, "^(a|aa)+$")', Value(False), GIVEN),
    Attack("a star in a star", 'matches(s, "(.*)*(.*)*(.*)*x")', Value(False), GIVEN),
    Attack(
        "optional, then asked for", f'matches(t, "^{"a?" * 30}{"a" * 30}$")', Value(True), GIVEN
    ),
    Attack("repeated repeatedly", 'matches(t, "((a{100}){100}){100}")', Value(False), GIVEN),
    Attack("repeated often", 'matches(t, "a{100000000}")', Value(False), GIVEN),
    Attack("looking ahead", 'matches(t, "(?=a)a")', NOTHING, GIVEN),
    Attack("looking back", 'matches(t, "(?<!b)a")', NOTHING, GIVEN),
    Attack("code in a pattern", 'matches(t, "(?{print(1)})")', NOTHING, GIVEN),
    Attack("a pattern that is not closed", 'matches(t, "(((a")', NOTHING, GIVEN),
    Attack(
        "a pattern of many brackets",
        f'matches(t, "{"(" * 20_000}a{")" * 20_000}")',
        Stopped("characters in a pattern"),
        GIVEN,
    ),
    Attack("a group again", 'matches(s, "^(a+)+\\\\1$")', EFFORT, GIVEN),
    Attack("groups again and again", 'matches(s, "(a*)(a*)(a*)(a*)\\\\4\\\\3b")', EFFORT, GIVEN),
    Attack("a choice and a group again", 'matches(t, "^(a|a|aa)*(b?)\\\\2c$")', EFFORT, GIVEN),
    Attack("a group again, replaced", 'replace(s, "(a+)+\\\\1b", "c")', EFFORT, GIVEN),
    Attack("a group again, split", 'split(s, "(a+)(a+)\\\\2b")', EFFORT, GIVEN),
    Attack("a group within itself", 'matches(t, "(a\\\\1)")', NOTHING, GIVEN),
    Attack("states that double", 'matches(s, "a[ab]{900}c")', Value(False), {"s": "ab" * 30_000}),
    Attack(
        "states that double, often",
        'some i in 1..99 satisfies matches(s + string(i), "a[ab]{900}c")',
        EFFORT,
        {"s": "ab" * 30_000},
    ),
    Attack(
        "another pattern each turn",
        'some i in 1..999 satisfies matches("a", "[a-z]{900}" + string(i))',
        Value(False),
    ),
    Attack("many classes", f'matches(s, "{"[^b-z]" * 1_000}$")', Value(True), GIVEN),
    Attack(
        "many choices",
        f'matches(s, "({"|".join(["aaa"] * 1_500)})+$")',
        Stopped("a pattern times"),
        GIVEN,
    ),
    Attack(
        "classes within classes",
        f'matches(t, "{"[a-z-" * 1_000}[b]{"]" * 1_000}")',
        Stopped("in a pattern"),
        GIVEN,
    ),
    Attack("unknown flags", 'matches(t, "a", "zz")', NOTHING, GIVEN),
    Attack("a group that is not there", 'replace("abc", "b", "$9")', Value("ac")),
    Attack(
        "a replacement that is a pattern of Python's", r'replace("abc", "b", "\\g<0>")', NOTHING
    ),
    Attack("a plus in a plus, replaced", 'replace(s, "(a+)+$", "b") = s', Value(True), GIVEN),
    Attack("a plus in a plus, split", 'count(split(s, "(a+)+b"))', Value(1), GIVEN),
    Attack("half a character", r'"\uD800"', Refused("|surrogate|character")),
    Attack("two halves of a character", r'"\uD83D\uDCA9"', Value("\U0001f4a9")),
    Attack("halves put together", r'"\uD83D" + "\uDCA9"', Refused("")),
    Attack("beyond the last character", r'"\U110000"', Refused("")),
    Attack("a character that is nothing", '"a\x00b"', Value("a\x00b")),
    Attack("nothing in a name", "a\x00b", Refused("")),
    Attack("a joiner in a name", "a\u200db", UNKNOWN),
    Attack("text from right to left", "\u202e1 + 1", Refused("")),
    Attack("digits of another script", "\uff11 + \uff11", UNKNOWN),
    Attack("digits of another script in a text", 'number("\u0661\u0662")', NOTHING),
    Attack("digits of another script in a date", 'date("\uff12\uff10\uff12\uff10-01-01")', NOTHING),
    Attack("digits of another script in a duration", 'duration("P\u0661D")', NOTHING),
    Attack("a line after a date", 'date("2020-01-01\\n")', NOTHING),
    Attack("a line after a number", 'number("1\\n")', NOTHING),
    Attack("a line after a time", 'time("10:00:00\\n")', NOTHING),
    Attack("a letter that looks like a", "\u0430bs(1)", Null("a function that exists")),
    Attack("people joined into one sign", 'string length("\U0001f468\u200d\U0001f469")', Value(3)),
    Attack("a letter that grows", 'string length(upper case("\ufb03"))', Value(3)),
    Attack("a case that depends on the place", 'lower case("\u0130") = "i"', Value(False)),
    *(
        Attack(f"{name} of ${{…}}", text, must, {"a": 1}, "juel")
        for name, text, must in (
            ("nothing in a name", "a\x00b", Refused("")),
            ("a joiner in a name", "a\u200bb", Refused("")),
            ("half a character", r"'\uD800'", Refused("")),
            ("digits of another script", "\uff11 + 1", Refused("")),
            ("digits of another script in a text", "number('\u0661')", Failed("")),
            ("digits in groups", "number('1_000')", Failed("")),
        )
    ),
)
