"""Reaching for Python: attributes, functions, texts that are formats, names that look like its."""

from __future__ import annotations

from tests.engine.feel.attacks.attack import Attack, Failed, Null, Refused, Value

UNKNOWN = Null("a function that exists")
NOTHING = Null("")

GIVEN: dict[str, object] = {
    "a": 1,
    "s": "text",
    "c": [1, 2, 3],
    "d": {"x": {"y": 1}, "__class__": "a key like any other"},
}

ATTACKS = (
    Attack("the class of a number", "a.__class__", NOTHING, GIVEN),
    Attack("the order of classes", "s.__class__.__mro__", NOTHING, GIVEN),
    Attack("subclasses of object", "[].__class__.__base__.__subclasses__()", NOTHING),
    Attack("the class of a context", "{}.__class__", NOTHING),
    Attack("a dunder that is a key", "d.__class__", Value("a key like any other"), GIVEN),
    Attack("a field of a date's class", '@"2020-01-01".__slots__', NOTHING),
    Attack("a field of a duration's class", 'duration("P1D").nanoseconds', NOTHING),
    Attack("a method of a date and time", '@"2020-01-01T10:00:00".__init__()', NOTHING),
    Attack("a field of a range's class", "[1..2].start_included", NOTHING),
    Attack("a field of a function's class", "(function(x) x).parameters", NOTHING),
    Attack("a method of a built-in", "abs.invoke([1])", NOTHING),
    Attack("globals of a built-in", "abs.__globals__", NOTHING),
    Attack("an import", '__import__("os").system("id")', UNKNOWN),
    Attack("evaluating Python", 'eval("1")', UNKNOWN),
    Attack("executing Python", 'exec("import os")', UNKNOWN),
    Attack("opening a file", 'open("/etc/passwd")', UNKNOWN),
    Attack("asking for an attribute", 'getattr(a, "real")', UNKNOWN, GIVEN),
    Attack("asking for globals", "globals()", UNKNOWN),
    Attack("leaving the process", "exit()", UNKNOWN),
    Attack("a debugger", "breakpoint()", UNKNOWN),
    Attack("a lambda", "(lambda: 1)()", Refused("")),
    Attack("a comprehension", "[x for x in c]", Refused(""), GIVEN),
    Attack("an assignment", "a := 2", Refused(""), GIVEN),
    Attack("a second statement", "a; import os", Refused(""), GIVEN),
    Attack("an f-string", "f'{a}'", Refused(""), GIVEN),
    Attack("a format method", '"{0.__class__}".format(a)', NOTHING, GIVEN),
    Attack("a format operator", '"%s" % a', Refused(""), GIVEN),
    Attack("a text repeated", '"x" * 1000000', NOTHING),
    Attack("a list repeated", "[0] * 1000000", NOTHING),
    Attack("a dunder by its name", 'get value({}, "__class__")', NOTHING),
    Attack("a dunder put in", 'context put({}, "__class__", 1).__class__', Value(1)),
    Attack("entries of a function", "get entries(abs)", NOTHING),
    Attack("a comparator of Python's", "sort(c, function(x, y) x.__lt__(y))", NOTHING, GIVEN),
    Attack("a function as the result", "abs", Failed("a function")),
    Attack("a function within the result", "[1, {f: function(x) x}]", Failed("a function")),
    Attack("a range as the result", "[1..2]", Failed("a range")),
    Attack("a function as a text", "string(abs)", Value("abs(n)")),
    Attack("functions joined", "string join([abs])", NOTHING),
    Attack(
        "a function of Java",
        '(function(c) external {java: {class: "java.lang.Runtime", '
        '"method signature": "exec(java.lang.String)"}})("id")',
        NOTHING,
    ),
    Attack(
        "a function of Python",
        '(function(c) external {python: {module: "os", function: "system"}})("id")',
        NOTHING,
    ),
    Attack(
        "variables named like Python's",
        "class + self + None + lambda + __builtins__",
        Value(15),
        {"class": 1, "self": 2, "None": 3, "lambda": 4, "__builtins__": 5},
    ),
    Attack("Python's words for constants", "[True, None]", Value([None, None])),
    Attack("an expression within range()", 'range("[open(1)..2]")', NOTHING),
    Attack("a bracket that is never closed in range()", 'range("[((((1..2")', NOTHING),
    Attack("a path as a time zone", 'time("10:00:00@../../../etc/passwd")', NOTHING),
    Attack("an absolute path as a time zone", 'time("10:00:00@/etc/passwd")', NOTHING),
    *(
        Attack(f"{name} of ${{…}}", text, must, GIVEN, "juel")
        for name, text, must in (
            ("the class of a text", "s.__class__", Failed("look into")),
            ("the class of a list", "c.__class__", Failed("Expected")),
            ("a number's part", "a.real", Failed("look into")),
            ("a dunder that is a key", "d.__class__", Value("a key like any other")),
            ("a dunder that is no key", "d.__dict__", Value(None)),
            ("an import", "__import__('os').system('id')", Refused("")),
            ("subclasses of object", "().__class__.__bases__", Refused("")),
            ("a format method", "s.format(a)", Refused("")),
            ("a format operator", "s % a", Failed("a string and a number")),
            ("a text repeated", "s * 1000000", Failed("a string and a number")),
            ("evaluating Python", "eval('1')", Failed("exists")),
            ("a comprehension", "[x for x in c]", Refused("")),
            ("an expression within an expression", "${${a}}", Refused("")),
            ("an assignment", "a = 2", Refused("")),
        )
    ),
)
