"""Functions that call themselves and each other, and comparators that contradict themselves."""

from __future__ import annotations

from tests.engine.feel.attacks.attack import Attack, Null, Stopped, Value

WITHOUT_END = Stopped("within each other|steps")
STEPS = Stopped("steps")

ATTACKS = (
    Attack("a function given itself", "(function(f) f(f))(function(f) f(f))", WITHOUT_END),
    Attack("an entry that calls itself", "{f: function(x) f(x), r: f(1)}.r", WITHOUT_END),
    Attack("a function that hands itself on", "{f: function(g) g(g), r: f(f)}.r", WITHOUT_END),
    Attack(
        "two that call each other",
        "{f: function(a, b) b(b, a), g: function(a, b) b(b, a), r: f(f, g)}.r",
        WITHOUT_END,
    ),
    Attack(
        "with arguments that grow", "{f: function(g, x) g(g, [x, x]), r: f(f, 1)}.r", WITHOUT_END
    ),
    Attack("with texts that grow", '{f: function(g, x) g(g, x + x), r: f(f, "ab")}.r', Stopped("")),
    Attack(
        "a fixed point of a function",
        "{y: function(f) (function(x) f(function(v) x(x)(v)))(function(x) f(function(v) x(x)(v))),"
        " r: y(function(g) function(n) g(n))(1)}.r",
        WITHOUT_END,
    ),
    Attack(
        "a factorial, which is honest",
        "{f: function(f, n) if n < 2 then 1 else n * f(f, n - 1), r: f(f, 10)}.r",
        Value(3_628_800),
    ),
    Attack(
        "calls that double",
        "{f: function(f, n) if n < 2 then n else f(f, n - 1) + f(f, n - 2), r: f(f, 26)}.r",
        STEPS,
    ),
    Attack(
        "Ackermann's function",
        "{f: function(f, m, n) if m = 0 then n + 1 else if n = 0 then f(f, m - 1, 1)"
        " else f(f, m - 1, f(f, m, n - 1)), r: f(f, 4, 4)}.r",
        WITHOUT_END,
    ),
    Attack(
        "through a comparator",
        "{f: function(g) sort([1, 2], function(x, y) g(g)), r: f(f)}.r",
        WITHOUT_END,
    ),
    Attack("through a filter", "{f: function(g) [1, 2][g(g)], r: f(f)}.r", WITHOUT_END),
    Attack("through a loop", "{f: function(g) for i in 1..9 return g(g), r: f(f)}.r", WITHOUT_END),
    Attack(
        "through a quantifier",
        "{f: function(g) some i in 1..9 satisfies g(g), r: f(f)}.r",
        WITHOUT_END,
    ),
    Attack(
        "through what is replaced",
        "{f: function(g) list replace([1, 2], function(i, n) g(g), 0), r: f(f)}.r",
        WITHOUT_END,
    ),
    Attack(
        "loops that double",
        "{f: function(g, n) for i in 1..2 return g(g, n), r: f(f, 1)}.r",
        WITHOUT_END,
    ),
    Attack(
        "a comparator that always holds", "count(sort([3, 1, 2], function(x, y) true))", Value(3)
    ),
    Attack(
        "a comparator that never holds", "sort([3, 1, 2], function(x, y) false)", Value([3, 1, 2])
    ),
    Attack("a comparator without an answer", "sort([3, 1, 2], function(x, y) null)", Null("")),
    Attack("a comparator of one", "sort([3, 1, 2], function(x) true)", Null("")),
    Attack("a comparator that answers in words", 'sort([3, 1, 2], function(x, y) "a")', Null("")),
    Attack("a number that is called", "(1)(1)", Null("")),
    Attack("too many arguments", "(function(x) x)(1, 2)", Null("")),
    Attack("a list of functions called", "[abs, abs](1)", Null("")),
    Attack(
        "a comparator that sorts",
        "sort(for i in 1..500 return i, function(x, y)"
        " sort(for i in 1..500 return -i, function(a, b) a < b)[1] < x)",
        STEPS,
    ),
)
