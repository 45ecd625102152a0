"""Why a decision has no result, or a part of it is null: sentences in three languages.

`{reason}` is what FEEL says of a value, in English.
"""

from __future__ import annotations

from engine.dmn.problems import Wording

UNIQUE = Wording(
    en="the hit policy UNIQUE allows one rule to match at a time, but rules {rules} match",
    ru="политика UNIQUE допускает, чтобы подходило одно правило, а подходят правила {rules}",
    kk="UNIQUE саясаты бір ғана ереженің сай келуіне рұқсат береді, бірақ мына ережелер сай "
    "келеді: {rules}",
)
ANY = Wording(
    en="the hit policy ANY asks for equal outputs of all rules that match, but those of rules "
    "{rules} differ",
    ru="политика ANY требует одинаковых результатов у всех подошедших правил, но они разные у "
    "правил {rules}",
    kk="ANY саясаты сай келген барлық ережеден бірдей нәтиже талап етеді, бірақ мына ережелердің "
    "нәтижелері әртүрлі: {rules}",
)
NOT_AMONG = Wording(
    en="expected {name} to be one of {values}, but found {found}",
    ru="ожидалось, что {name} – одно из {values}, но найдено {found}",
    kk="мыналардың бірі күтілді: {values}, бірақ {name} үшін {found} табылды",
)
COLUMN = Wording(
    en="{reason} for {name}",
    ru="столбец {name}: {reason}",
    kk="баған {name}: {reason}",
)
INPUT = Wording(
    en="{reason} for the input {name}",
    ru="вход {name}: {reason}",
    kk="кіріс {name}: {reason}",
)
RESULT = Wording(
    en="{reason} as the result of {name}",
    ru="результат {name}: {reason}",
    kk="нәтиже {name}: {reason}",
)
NOT_GIVEN = Wording(
    en="expected the input {name} to be given",
    ru="ожидался вход {name}, но он не задан",
    kk="кіріс {name} күтілді, бірақ ол берілмеген",
)
NO_LOGIC = Wording(
    en="expected logic in {name}, but there is none",
    ru="ожидалась логика в {name}, но её нет",
    kk="логика күтілді ({name}), бірақ ол жоқ",
)
NO_FEEL = Wording(
    en="expected FEEL in {place}, but found {text}",
    ru="ожидался FEEL ({place}), но найдено {text}",
    kk="FEEL күтілді ({place}), бірақ {text} табылды",
)
PLACE = Wording(
    en="{place}: {reason}",
    ru="{place}: {reason}",
    kk="{place}: {reason}",
)
