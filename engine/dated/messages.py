"""What is wrong with an edit of a dated table, in three languages.

The Kazakh and English wording is ours, for a native reader.
"""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("kk", "ru", "en")
Texts = Mapping[str, str]

FAULTS: Mapping[str, Texts] = {
    "integer": {
        "kk": "Бүтін сан енгізіңіз",
        "ru": "Введите целое число",
        "en": "Enter a whole number",
    },
    "minimum": {
        "kk": "Сан {limit} санынан кем болмауы керек",
        "ru": "Число должно быть не меньше {limit}",
        "en": "The number must be {limit} or more",
    },
    "maximum": {
        "kk": "Сан {limit} санынан аспауы керек",
        "ru": "Число должно быть не больше {limit}",
        "en": "The number must be {limit} or less",
    },
    "percent": {
        "kk": "0-ден 100-ге дейінгі үлесті пайызбен енгізіңіз",
        "ru": "Введите долю в процентах, от 0 до 100",
        "en": "Enter a share in per cent, from 0 to 100",
    },
    "required": {
        "kk": "Бұл өрісті толтырыңыз",
        "ru": "Заполните это поле",
        "en": "Fill in this field",
    },
    "longest": {
        "kk": "Мәтін {limit} таңбадан аспауы керек",
        "ru": "Текст должен быть не длиннее {limit} знаков",
        "en": "The text must be {limit} characters or fewer",
    },
    "email": {
        "kk": "Электрондық мекенжайды енгізіңіз, мысалы ortalyq@example.kz",
        "ru": "Введите адрес электронной почты, например centr@example.kz",
        "en": "Enter an e-mail address, as centre@example.kz",
    },
    "tel": {
        "kk": "Телефон нөмірін енгізіңіз, мысалы +7 (727) 310-00-00",
        "ru": "Введите номер телефона, например +7 (727) 310-00-00",
        "en": "Enter a telephone number, as +7 (727) 310-00-00",
    },
    "pattern": {
        "kk": "Мәннің пішімі дұрыс емес",
        "ru": "Значение не того вида",
        "en": "The value does not have the form that is asked for",
    },
    "choice": {
        "kk": "Тізімдегі мәндердің бірін таңдаңыз",
        "ru": "Выберите значение из списка",
        "en": "Choose a value from the list",
    },
    "choices": {
        "kk": "Тізімнен кемінде бір мәнді таңдаңыз",
        "ru": "Выберите хотя бы одно значение из списка",
        "en": "Choose at least one value from the list",
    },
    "type": {
        "kk": "Мән осы кестедегі басқа мәндермен бір түрде болуы керек",
        "ru": "Значение должно быть того же вида, что и другие в этой таблице",
        "en": "The value must be of the kind of the others in this table",
    },
    "order": {
        "kk": "Соңғы күн бірінші күннен бұрын болмауы керек",
        "ru": "Последний день не может быть раньше первого",
        "en": "The last day can't be before the first",
    },
    "overlap": {
        "kk": "Бұл күндері басқа жазба қолданылады: {first} – {last}. Соны түзетіңіз",
        "ru": "В эти дни действует другая запись: {first} – {last}. Исправьте её",
        "en": "On these days another row holds: {first} – {last}. Correct that one",
    },
    "gap": {
        "kk": "{day} күнінен бастап мән болмай қалады. Әр күнге мән қажет",
        "ru": "С {day} не останется значения. Значение нужно на каждый день",
        "en": "From {day} there would be no value. One is needed on every day",
    },
    "key": {
        "kk": "Мұндай жазба бұл кестеде болуы мүмкін емес",
        "ru": "Такой записи в этой таблице быть не может",
        "en": "There can be no such row in this table",
    },
    "note": {
        "kk": "Негіздемені жазыңыз: кейін не үшін өзгертілгені көрінуі керек",
        "ru": "Укажите основание: позже должно быть видно, почему изменено",
        "en": "Say on what grounds: later it must be seen why it was changed",
    },
    "long_note": {
        "kk": "Негіздеме {limit} таңбадан аспауы керек",
        "ru": "Основание должно быть не длиннее {limit} знаков",
        "en": "The grounds must be {limit} characters or fewer",
    },
}

NO_END: Texts = {"kk": "мерзімсіз", "ru": "без срока", "en": "no end"}


def fault(name: str, **details: object) -> dict[str, str]:
    """A fault in each language, with its details."""
    return {code: text.format(**details) for code, text in FAULTS[name].items()}
