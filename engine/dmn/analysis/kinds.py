"""Everything that the analysis of decision tables looks for, with its sentences."""

from __future__ import annotations

from engine.dmn.analysis.findings import Kind
from engine.dmn.problems import Wording

OVERLAP = Kind(
    "overlapping-rules",
    "error",
    Wording(
        en="Rules {rule} and {other} of {owner} both match when {example}, but the hit policy "
        "UNIQUE allows one rule at a time.",
        ru="Правила {rule} и {other} таблицы «{owner}» подходят одновременно, когда {example}, но "
        "политика UNIQUE допускает только одно.",
        kk="«{owner}» кестесінің {rule} және {other} ережелері {example} болғанда қатар сәйкес "
        "келеді, бірақ UNIQUE саясаты біреуіне ғана рұқсат береді.",
    ),
)
POSSIBLE_OVERLAP = Kind(
    "overlapping-rules",
    "warning",
    Wording(
        en="Rules {rule} and {other} of {owner} would both match when {example}, if this can "
        "occur; the hit policy UNIQUE allows one rule at a time.",
        ru="Правила {rule} и {other} таблицы «{owner}» подойдут одновременно, когда {example}, "
        "если такое бывает; политика UNIQUE допускает только одно.",
        kk="Егер {example} болуы мүмкін болса, «{owner}» кестесінің {rule} және {other} ережелері "
        "қатар сәйкес келеді; UNIQUE саясаты біреуіне ғана рұқсат береді.",
    ),
)
ALWAYS_OVERLAP = Kind(
    "overlapping-rules",
    "error",
    Wording(
        en="Rules {rule} and {other} of {owner} both match whatever the inputs are, but the hit "
        "policy UNIQUE allows one rule at a time.",
        ru="Правила {rule} и {other} таблицы «{owner}» подходят одновременно при любых входных "
        "данных, но политика UNIQUE допускает только одно.",
        kk="«{owner}» кестесінің {rule} және {other} ережелері кез келген деректе қатар сәйкес "
        "келеді, бірақ UNIQUE саясаты біреуіне ғана рұқсат береді.",
    ),
)
CONFLICT = Kind(
    "conflicting-rules",
    "error",
    Wording(
        en="Rules {rule} and {other} of {owner} both match when {example}, but their outputs "
        "differ: the hit policy ANY asks for equal ones.",
        ru="Правила {rule} и {other} таблицы «{owner}» подходят одновременно, когда {example}, но "
        "дают разные результаты: политика ANY требует одинаковых.",
        kk="«{owner}» кестесінің {rule} және {other} ережелері {example} болғанда қатар сәйкес "
        "келеді, бірақ нәтижелері әртүрлі: ANY саясаты бірдей нәтижені талап етеді.",
    ),
)
POSSIBLE_CONFLICT = Kind(
    "conflicting-rules",
    "warning",
    Wording(
        en="Rules {rule} and {other} of {owner} would both match when {example}, if this can "
        "occur, with different outputs: the hit policy ANY asks for equal ones.",
        ru="Правила {rule} и {other} таблицы «{owner}» подойдут одновременно, когда {example}, "
        "если такое бывает, с разными результатами: политика ANY требует одинаковых.",
        kk="Егер {example} болуы мүмкін болса, «{owner}» кестесінің {rule} және {other} ережелері "
        "әртүрлі нәтижемен қатар сәйкес келеді: ANY саясаты бірдей нәтижені талап етеді.",
    ),
)
ALWAYS_CONFLICT = Kind(
    "conflicting-rules",
    "error",
    Wording(
        en="Rules {rule} and {other} of {owner} both match whatever the inputs are, but their "
        "outputs differ: the hit policy ANY asks for equal ones.",
        ru="Правила {rule} и {other} таблицы «{owner}» подходят одновременно при любых входных "
        "данных, но дают разные результаты: политика ANY требует одинаковых.",
        kk="«{owner}» кестесінің {rule} және {other} ережелері кез келген деректе қатар сәйкес "
        "келеді, бірақ нәтижелері әртүрлі: ANY саясаты бірдей нәтижені талап етеді.",
    ),
)
DUPLICATE = Kind(
    "duplicate-rule",
    "warning",
    Wording(
        en="Rule {rule} of {owner} says the same as rule {other}.",
        ru="Правило {rule} таблицы «{owner}» повторяет правило {other}.",
        kk="«{owner}» кестесінің {rule} ережесі {other} ережесін қайталайды.",
    ),
)
INCLUDED = Kind(
    "unreachable-rule",
    "error",
    Wording(
        en="Rule {rule} of {owner} never gives a result: whenever it matches, rule {other} matches "
        "too, and the hit policy UNIQUE allows one rule at a time.",
        ru="Правило {rule} таблицы «{owner}» никогда не даёт результата: когда оно подходит, "
        "подходит и правило {other}, а политика UNIQUE допускает только одно.",
        kk="«{owner}» кестесінің {rule} ережесі ешқашан нәтиже бермейді: ол сәйкес келгенде "
        "{other} ережесі де сәйкес келеді, ал UNIQUE саясаты біреуіне ғана рұқсат береді.",
    ),
)
MASKED = Kind(
    "unreachable-rule",
    "warning",
    Wording(
        en="Rule {rule} of {owner} never counts: whatever it matches is decided by {others}.",
        ru="Правило {rule} таблицы «{owner}» никогда не срабатывает: всё, что ему подходит, решают "
        "правила {others}.",
        kk="«{owner}» кестесінің {rule} ережесі ешқашан қолданылмайды: оған сәйкес келетіннің "
        "бәрін {others} ережелері шешеді.",
    ),
)
NEVER = Kind(
    "unreachable-rule",
    "warning",
    Wording(
        en="Rule {rule} of {owner} never matches: no value of {column} passes {text}.",
        ru="Правило {rule} таблицы «{owner}» никогда не подходит: ни одно значение {column} не "
        "отвечает условию {text}.",
        kk="«{owner}» кестесінің {rule} ережесі ешқашан сәйкес келмейді: {column} бағанының бірде-"
        "бір мәні {text} шартына сай емес.",
    ),
)
OUTSIDE_INPUT_VALUES = Kind(
    "outside-input-values",
    "warning",
    Wording(
        en="Rule {rule} of {owner} asks {column} for {text}, but its values are {values}.",
        ru="Правило {rule} таблицы «{owner}» ждёт от {column} {text}, но значения там: {values}.",
        kk="«{owner}» кестесінің {rule} ережесі {column} бағанынан {text} күтеді, бірақ оның "
        "мәндері: {values}.",
    ),
)
OTHER_INPUT_TYPE = Kind(
    "outside-input-values",
    "error",
    Wording(
        en="Rule {rule} of {owner} asks {column} for {text}, but its values are of the type "
        "{type}.",
        ru="Правило {rule} таблицы «{owner}» ждёт от {column} {text}, но значения там типа {type}.",
        kk="«{owner}» кестесінің {rule} ережесі {column} бағанынан {text} күтеді, бірақ оның "
        "мәндерінің типі {type}.",
    ),
)
OUTSIDE_OUTPUT_VALUES = Kind(
    "outside-output-values",
    "warning",
    Wording(
        en="Rule {rule} of {owner} gives {text} for {column}, but its values are {values}.",
        ru="Правило {rule} таблицы «{owner}» даёт для {column} {text}, но значения там: {values}.",
        kk="«{owner}» кестесінің {rule} ережесі {column} үшін {text} береді, бірақ оның мәндері: "
        "{values}.",
    ),
)
OTHER_OUTPUT_TYPE = Kind(
    "output-type",
    "error",
    Wording(
        en="Rule {rule} of {owner} gives {text} for {column}, but its type is {type}.",
        ru="Правило {rule} таблицы «{owner}» даёт для {column} {text}, но его тип {type}.",
        kk="«{owner}» кестесінің {rule} ережесі {column} үшін {text} береді, бірақ оның "
        "типі {type}.",
    ),
)
NOT_AGGREGATED = Kind(
    "aggregated-type",
    "error",
    Wording(
        en="Rule {rule} of {owner} gives {text}, which {aggregation} can't aggregate.",
        ru="Правило {rule} таблицы «{owner}» даёт {text}, а {aggregation} не может это обобщить.",
        kk="«{owner}» кестесінің {rule} ережесі {text} береді, оны {aggregation} жинақтай алмайды.",
    ),
)
GAP = Kind(
    "uncovered-input",
    "warning",
    Wording(
        en="No rule of {owner} matches when {example}, and there is no default output.",
        ru="Ни одно правило таблицы «{owner}» не подходит, когда {example}, а результата по "
        "умолчанию нет.",
        kk="{example} болғанда «{owner}» кестесінің бірде-бір ережесі сәйкес келмейді, ал әдепкі "
        "нәтиже жоқ.",
    ),
)
NOTHING_COVERED = Kind(
    "uncovered-input",
    "warning",
    Wording(
        en="No rule of {owner} ever matches, and there is no default output.",
        ru="Ни одно правило таблицы «{owner}» никогда не подходит, а результата по умолчанию нет.",
        kk="«{owner}» кестесінің бірде-бір ережесі ешқашан сәйкес келмейді, ал әдепкі нәтиже жоқ.",
    ),
)
UNKNOWN_NAME = Kind(
    "unknown-name",
    "warning",
    Wording(
        en="Expected the name of something that {owner} requires in {what}, but found {name}{near}",
        ru="В «{owner}» ({what}) ожидалось имя того, что там требуется, но найдено {name}{near}",
        kk="«{owner}» ішінде ({what}) талап етілетін нәрсенің атауы күтілді, бірақ {name} "
        "табылды{near}",
    ),
)
UNKNOWN_FUNCTION = Kind(
    UNKNOWN_NAME.code,
    UNKNOWN_NAME.severity,
    Wording(
        en="Expected a function of FEEL, or one that {owner} requires, in {what}, but found "
        "{name}{near}",
        ru="В «{owner}» ({what}) ожидалась функция FEEL или та, что там требуется, но найдена "
        "{name}{near}",
        kk="«{owner}» ішінде ({what}) FEEL функциясы не талап етілетін функция күтілді, бірақ "
        "{name} табылды{near}",
    ),
)
ALWAYS_NULL = Kind(
    "always-null",
    "error",
    Wording(
        en="{owner}, {what}: {text} is null whatever the inputs are: {reason}.",
        ru="«{owner}», {what}: {text} даёт null при любых входных данных: {reason}.",
        kk="«{owner}», {what}: {text} кез келген деректе null береді: {reason}.",
    ),
)
PARTLY = Kind(
    "partly-analysed",
    "note",
    Wording(
        en="Overlaps and gaps of {owner} are not all known: {columns} can't be told from the "
        "texts of the table alone.",
        ru="Пересечения и пробелы таблицы «{owner}» известны не все: о {columns} нельзя судить по "
        "одним текстам таблицы.",
        kk="«{owner}» кестесінің қиылысулары мен олқылықтары толық белгілі емес: {columns} туралы "
        "кестенің мәтінінен ғана біле алмаймыз.",
    ),
)
TOO_LARGE = Kind(
    "too-large-to-analyse",
    "note",
    Wording(
        en="The table of {owner} is too large to be searched for {what}: nothing is known of them.",
        ru="Таблица «{owner}» слишком велика для поиска ({what}): о них ничего не известно.",
        kk="«{owner}» кестесі іздеуге ({what}) тым үлкен: олар туралы ештеңе белгісіз.",
    ),
)
MORE = Kind(
    "more-findings",
    "note",
    Wording(
        en="{owner} has {count} more findings of the kind {code}.",
        ru="В «{owner}» есть ещё находки вида {code}: {count}.",
        kk="«{owner}» ішінде {code} түріндегі тағы {count} нәтиже бар.",
    ),
)
