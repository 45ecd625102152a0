"""DMN files written to do harm: XML that grows, requirements without end, decisions that call."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.engine.feel.attacks.attack import Failed, ModelAttack, Null, Refused, Value, nested

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"
CHAIN = 1_000


def literal(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def decision(name: str, logic: str, *requirements: str, type_ref: str = "Any") -> str:
    """A decision whose id is its name. Each of `requirements` is the id of a decision."""
    required = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>'
        for each in requirements
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/>'
        f"{required}{logic}</decision>"
    )


def knowing(name: str, logic: str, *knowledge: str) -> str:
    """A decision that requires knowledge models or services."""
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"/>{_known(knowledge)}'
        f"{logic}</decision>"
    )


def function(name: str, text: str, *knowledge: str, parameter: str = "x") -> str:
    """A knowledge model with one parameter."""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>'
        f'<encapsulatedLogic><formalParameter name="{parameter}"/>{literal(text)}'
        f"</encapsulatedLogic>{_known(knowledge)}</businessKnowledgeModel>"
    )


def model(*elements: str, before: str = "", attributes: str = "") -> bytes:
    head = f'xmlns="{NAMESPACE}" namespace="urn:attack" name="attack" id="attack" {attributes}'
    text = f'<?xml version="1.0"?>{before}<definitions {head}>{"".join(elements)}</definitions>'
    return text.encode()


def table(rows: Iterable[tuple[str, str]], policy: str = "UNIQUE") -> str:
    """A table of one column of conditions on `x` and one of results."""
    rules = "".join(
        f"<rule><inputEntry><text>{escape(one)}</text></inputEntry>"
        f"<outputEntry><text>{escape(other)}</text></outputEntry></rule>"
        for one, other in rows
    )
    return (
        f'<decisionTable hitPolicy="{policy}"><input><inputExpression><text>x</text>'
        f"</inputExpression></input><output/>{rules}</decisionTable>"
    )


INPUT = '<inputData id="x" name="x"><variable name="x"/></inputData>'
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
NEEDS_X = '<informationRequirement><requiredInput href="#x"/></informationRequirement>'


def _known(knowledge: Iterable[str]) -> str:
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in knowledge
    )


def _asking(logic: str) -> str:
    """The decision d on the input x."""
    return f'{INPUT}<decision id="d" name="d"><variable name="d"/>{NEEDS_X}{logic}</decision>'


def _chain(length: int, first: str, text: str) -> list[str]:
    """d0 … and d at the end; `{}` in `text` is the decision before."""
    names = [f"d{n}" for n in range(length - 1)] + ["d"]
    later = (
        decision(name, literal(text.replace("{}", before)), before)
        for before, name in zip(names, names[1:], strict=False)
    )
    return [decision(names[0], literal(first)), *later]


def _diamonds(length: int) -> list[str]:
    """Each decision requires the two before it: without memory 2 ** length evaluations."""
    names = [f"d{n}" for n in range(length - 1)] + ["d"]
    later = (
        decision(name, literal(f"({one} + {two}) / 2"), one, two)
        for one, two, name in zip(names, names[1:], names[2:], strict=False)
    )
    return [decision("d0", literal("1")), decision("d1", literal("1")), *later]


XML = (
    ModelAttack(
        "a thousand million laughs",
        model(decision("d", literal("&l9;")), before=f"<!DOCTYPE d [{LAUGHS}]>").replace(
            b"&amp;", b"&"
        ),
        Refused("DOCTYPE"),
    ),
    ModelAttack(
        "a file of the system",
        model(
            decision("d", "<literalExpression><text>&f;</text></literalExpression>"),
            before='<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        ),
        Refused("DOCTYPE"),
    ),
    ModelAttack(
        "a file included",
        model(
            decision(
                "d",
                '<literalExpression><text><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                'href="/etc/passwd" parse="text"/></text></literalExpression>',
            )
        ),
        Value(None),
    ),
    ModelAttack(
        "elements in elements", model(nested("<decision>", "</decision>", 9_000)), Refused("")
    ),
    ModelAttack("many elements", model("<decision/>" * 250_000), Refused("")),
    ModelAttack("a large file", model(f"<!--{'x' * 9_000_000}-->"), Refused("")),
    ModelAttack("another root", b'<definitions xmlns="urn:other"/>', Refused("")),
    ModelAttack("no XML", b"\x00\xff" * 1000, Refused("")),
    ModelAttack(
        "contexts in contexts",
        model(
            decision("d", nested("<context><contextEntry>", "</contextEntry></context>", 5_000, ""))
        ),
        Refused(""),
    ),
    ModelAttack(
        "an attack on a cell",
        model(_asking(table([("(" * 20_000, "1")]))),
        Refused("nest|level|deep"),
        given={"x": 1},
    ),
    ModelAttack(
        "another language",
        model(
            decision(
                "d",
                '<literalExpression expressionLanguage="http://www.python.org">'
                "<text>__import__('os')</text></literalExpression>",
            )
        ),
        Refused(""),
    ),
    ModelAttack(
        "a knowledge model in Java",
        model(
            '<businessKnowledgeModel id="f" name="f"><variable name="f"/>'
            '<encapsulatedLogic kind="Java"><formalParameter name="x"/>'
            '<context><contextEntry><variable name="class"/>'
            '<literalExpression><text>"java.lang.Runtime"</text></literalExpression>'
            '</contextEntry><contextEntry><variable name="method signature"/>'
            '<literalExpression><text>"exec(java.lang.String)"</text></literalExpression>'
            "</contextEntry></context></encapsulatedLogic></businessKnowledgeModel>",
            knowing("d", literal('f("id")'), "f"),
        ),
        Null(""),
    ),
)

REQUIREMENTS = (
    ModelAttack("a long chain", model(*_chain(CHAIN, "1", "{} + 1")), Value(CHAIN)),
    ModelAttack("an honest chain", model(*_chain(50, "1", "{} + 1")), Value(50)),
    ModelAttack("a chain that doubles", model(*_chain(60, '"abcdefgh"', "{} + {}")), Failed("")),
    ModelAttack("lists that double", model(*_chain(64, "[1]", "[{}, {}]")), Failed("")),
    ModelAttack(
        "lists that double, of which little is asked",
        model(*_chain(64, "[1]", "[{}, {}]")[:-1], decision("d", literal("count(d62)"), "d62")),
        Value(2),
    ),
    ModelAttack(
        "a long text handed on and on",
        model(*_chain(20, "x", "{}"), INPUT).replace(
            b'name="d0" typeRef="Any"/>', b'name="d0" typeRef="Any"/>' + NEEDS_X.encode()
        ),
        Value("y" * 60_000),
        given={"x": "y" * 60_000},
    ),
    ModelAttack("diamonds", model(*_diamonds(40)), Value(1)),
    ModelAttack(
        "a decision that requires itself", model(decision("d", literal("d"), "d")), Refused("")
    ),
    ModelAttack(
        "decisions in a circle",
        model(decision("d", literal("e"), "e"), decision("e", literal("d"), "d")),
        Refused(""),
    ),
    ModelAttack(
        "a circle of many",
        model(*_chain(CHAIN, "1", "{}"), decision("d", literal("d0"), "d0")),
        Refused(""),
    ),
    ModelAttack("a requirement of nothing", model(decision("d", literal("e"), "e")), Refused("")),
    ModelAttack(
        "names that look like Python's",
        model(
            decision("__class__", literal("1")),
            decision("None", literal("2")),
            decision("d", literal("__class__ + None"), "__class__", "None"),
        ),
        Value(3),
    ),
)

FUNCTIONS = (
    ModelAttack(
        "a function that calls itself",
        model(function("f", "f(x)", "f"), knowing("d", literal("f(1)"), "f")),
        Failed(""),
    ),
    ModelAttack(
        "functions that call each other",
        model(
            function("f", "g(x)", "g"),
            function("g", "f(x)", "f"),
            knowing("d", literal("f(1)"), "f"),
        ),
        Failed(""),
    ),
    ModelAttack(
        "calls of a knowledge model that double",
        model(
            function("f", "if x < 2 then x else f(x - 1) + f(x - 2)", "f"),
            knowing("d", literal("f(40)"), "f"),
        ),
        Failed(""),
    ),
    ModelAttack(
        "a service that calls itself",
        model(
            '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#e"/>'
            "</decisionService>",
            knowing("e", literal("s()"), "s"),
            knowing("d", literal("s()"), "s"),
        ),
        Failed(""),
    ),
    ModelAttack(
        "a service in a loop",
        model(
            '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#e"/>'
            "</decisionService>",
            decision("e", literal("count(for i in 1..10000 return i)")),
            knowing("d", literal("for i in 1..10000 return s()"), "s"),
        ),
        Failed("steps"),
    ),
)

TYPES = (
    ModelAttack(
        "types in a circle",
        model(
            '<itemDefinition name="t"><typeRef>u</typeRef></itemDefinition>'
            '<itemDefinition name="u"><typeRef>t</typeRef></itemDefinition>',
            decision("d", literal("1"), type_ref="t"),
        ),
        Refused(""),
    ),
    ModelAttack(
        "a type with itself as a member, and a deep value",
        model(
            '<itemDefinition name="t"><itemComponent name="next"><typeRef>t</typeRef>'
            "</itemComponent></itemDefinition>",
            decision("d", literal("for i in 1..5000 return {next: partial[-1]}"), type_ref="t"),
        ),
        Failed(""),
    ),
    ModelAttack(
        "allowed values that never end",
        model(
            '<itemDefinition name="t"><typeRef>number</typeRef><allowedValues>'
            "<text>? > (count(for i in 1..10000, j in 1..10000 return i))</text>"
            "</allowedValues></itemDefinition>",
            decision("d", literal("1"), type_ref="t"),
        ),
        Failed(""),
    ),
)

TABLES = (
    ModelAttack(
        "a table of many rules",
        model(_asking(table((str(n), str(n)) for n in range(2_000)))),
        Value(1_999),
        given={"x": 1999},
    ),
    ModelAttack(
        "a table where every rule matches",
        model(_asking(table((("-", "x") for _ in range(2_000)), "COLLECT"))),
        Failed(""),
        given={"x": "y" * 60_000},
    ),
    ModelAttack(
        "a test that never ends",
        model(_asking(table([("some i in 1..10 ** 9 satisfies i = ? + 0.5", "1")]))),
        Failed("steps"),
        given={"x": 1},
    ),
    ModelAttack(
        "a pattern that never ends",
        model(_asking(table([('matches(?, "^(a+)+$")', "1"), ("-", "2")], "FIRST"))),
        Value(2),
        given={"x": "a" * 50_000 + "!"},
    ),
    ModelAttack(
        "rules that contradict each other",
        model(_asking(table([("> 0", "1"), ("> 0", "2")]))),
        Failed("UNIQUE"),
        given={"x": 1},
    ),
    ModelAttack(
        "an input of a million items",
        model(_asking(literal("count(x)"))),
        Failed(""),
        given={"x": [1] * 1_000_000},
    ),
    ModelAttack(
        "an input of Python's", model(_asking(literal("x"))), Failed(""), given={"x": object()}
    ),
)

ATTACKS = XML + REQUIREMENTS + FUNCTIONS + TYPES + TABLES
