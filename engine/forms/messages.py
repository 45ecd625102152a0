"""Sentences for what can be wrong with a value, in Kazakh, Russian and English.

The Kazakh wording is our own and is to be read by a native speaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.forms.texts import LANGUAGES, Texts, in_language

_GENERAL: Texts = {
    "kk": "Мәндер өзара үйлеспейді",
    "ru": "Значения не сочетаются друг с другом",
    "en": "These values do not go together",
}
_REPEATED: Texts = {
    "kk": "Мәндер қайталанбауы керек",
    "ru": "Значения не должны повторяться",
    "en": "Values must not repeat",
}
_CHOOSE: Texts = {
    "kk": "Тізімдегі мәндердің бірін таңдаңыз",
    "ru": "Выберите значение из списка",
    "en": "Choose a value from the list",
}
_NOT_ASKED: Texts = {
    "kk": "Бұл өрісті толтырудың қажеті жоқ",
    "ru": "Это поле заполнять не нужно",
    "en": "Leave this field empty",
}
_REQUIRED: Texts = {
    "kk": "Бұл өрісті толтырыңыз",
    "ru": "Заполните это поле",
    "en": "Fill in this field",
}
_UNKNOWN: Texts = {
    "kk": "Мұндай өріс жоқ",
    "ru": "Такого поля нет",
    "en": "There is no such field",
}

_YES: Mapping[str, tuple[str, str]] = {
    "kk": ("«Жоқ»", "«Иә»"),
    "ru": ("«Нет»", "«Да»"),
    "en": ("No", "Yes"),
}

KEYWORDS: Mapping[str, Texts] = {
    "required": _REQUIRED,
    "required choice": {
        "kk": "Бір мәнді таңдаңыз",
        "ru": "Выберите одно из значений",
        "en": "Choose one of the values",
    },
    "required const-true": {
        "kk": "Растау белгісін қойыңыз",
        "ru": "Поставьте отметку о подтверждении",
        "en": "Tick the box to confirm",
    },
    "dependentRequired": _REQUIRED,
    "dependentSchemas": _GENERAL,
    "type": _GENERAL,
    "type string": {"kk": "Мәтін енгізіңіз", "ru": "Введите текст", "en": "Enter text"},
    "type integer": {
        "kk": "Бүтін сан енгізіңіз",
        "ru": "Введите целое число",
        "en": "Enter a whole number",
    },
    "type number": {"kk": "Сан енгізіңіз", "ru": "Введите число", "en": "Enter a number"},
    "type boolean": {
        "kk": "«Иә» немесе «Жоқ» деп жауап беріңіз",
        "ru": "Ответьте «Да» или «Нет»",
        "en": "Answer yes or no",
    },
    "type array": _CHOOSE,
    "type choice": _CHOOSE,
    "type out of range": {
        "kk": "Сан тым үлкен немесе тым ұзақ жазылған",
        "ru": "Число слишком большое или записано слишком длинно",
        "en": "The number is too large, or has too many digits",
    },
    "minimum": {
        "kk": "Сан {v} мәнінен кем болмауы керек",
        "ru": "Число должно быть не меньше {v}",
        "en": "The number must be {v} or more",
    },
    "maximum": {
        "kk": "Сан {v} мәнінен аспауы керек",
        "ru": "Число должно быть не больше {v}",
        "en": "The number must be {v} or less",
    },
    "exclusiveMinimum": {
        "kk": "Сан {v} мәнінен артық болуы керек",
        "ru": "Число должно быть больше {v}",
        "en": "The number must be more than {v}",
    },
    "exclusiveMaximum": {
        "kk": "Сан {v} мәнінен кем болуы керек",
        "ru": "Число должно быть меньше {v}",
        "en": "The number must be less than {v}",
    },
    "multipleOf": {
        "kk": "Сан {v} мәніне еселік болуы керек",
        "ru": "Число должно быть кратно {v}",
        "en": "The number must be a multiple of {v}",
    },
    "decimals": {
        "kk": "Үтірден кейінгі цифрлар саны {v} шегінен аспауы керек",
        "ru": "Цифр после запятой может быть не больше {v}",
        "en": "Digits after the decimal point: at most {v}",
    },
    "minLength": {
        "kk": "Таңбалардың ең аз саны: {v}",
        "ru": "Наименьшее число символов: {v}",
        "en": "Minimum number of characters: {v}",
    },
    "maxLength": {
        "kk": "Таңбалардың ең көп саны: {v}",
        "ru": "Наибольшее число символов: {v}",
        "en": "Maximum number of characters: {v}",
    },
    "pattern": {
        "kk": "Жазылу түрі дұрыс емес",
        "ru": "Значение записано не в том виде",
        "en": "The value is not in the expected form",
    },
    "format": _GENERAL,
    "format choice": _CHOOSE,
    "format date": {
        "kk": "Күнді КК.АА.ЖЖЖЖ түрінде енгізіңіз",
        "ru": "Введите дату в виде ДД.ММ.ГГГГ",
        "en": "Enter a date as DD.MM.YYYY",
    },
    "required document": {
        "kk": "Файлды тіркеңіз",
        "ru": "Приложите файл",
        "en": "Attach a file",
    },
    "format document": {
        "kk": "Файлды қайта тіркеңіз",
        "ru": "Приложите файл заново",
        "en": "Attach the file again",
    },
    "format email": {
        "kk": "Электрондық пошта мекенжайын name@example.kz түрінде енгізіңіз",
        "ru": "Введите адрес электронной почты в виде name@example.kz",
        "en": "Enter an e-mail address as name@example.kz",
    },
    "format tel": {
        "kk": "Телефон нөмірін +7 700 000 00 00 түрінде енгізіңіз",
        "ru": "Введите номер телефона в виде +7 700 000 00 00",
        "en": "Enter a telephone number as +7 700 000 00 00",
    },
    "format bic": {
        "kk": "БСК тексеріңіз: 8 немесе 11 таңба",
        "ru": "Проверьте БИК: 8 или 11 символов",
        "en": "Check the bank code (BIC): 8 or 11 characters",
    },
    "format kz-iin": {
        "kk": "ЖСН тексеріңіз: 12 цифр",
        "ru": "Проверьте ИИН: 12 цифр",
        "en": "Check the IIN: 12 digits",
    },
    "format kz-iin kind": {
        "kk": "Бұл – БСН. Мұнда адамның ЖСН-ін көрсетіңіз",
        "ru": "Это БИН. Здесь укажите ИИН человека",
        "en": "This is a BIN. Give the IIN of a person here",
    },
    "format kz-iin date": {
        "kk": "ЖСН-ді тексеріңіз: алғашқы алты цифры туған күн, ал мұндай күн жоқ",
        "ru": "Проверьте ИИН: первые шесть цифр – дата рождения, а такой даты нет",
        "en": "Check the IIN: its first six digits are a date of birth, and there is no such date",
    },
    "format kz-iin check digit": {
        "kk": "ЖСН-ді тексеріңіз: бақылау цифры сәйкес емес, бір цифры қате",
        "ru": "Проверьте ИИН: контрольная цифра не сходится, одна из цифр неверна",
        "en": "Check the IIN: its check digit does not fit, so one of the digits is wrong",
    },
    "format kz-bin": {
        "kk": "БСН тексеріңіз: 12 цифр",
        "ru": "Проверьте БИН: 12 цифр",
        "en": "Check the BIN: 12 digits",
    },
    "format kz-bin kind": {
        "kk": "Бұл – ЖСН. Мұнда кәсіпорынның БСН-ін көрсетіңіз",
        "ru": "Это ИИН. Здесь укажите БИН предприятия",
        "en": "This is an IIN. Give the BIN of an enterprise here",
    },
    "format kz-bin check digit": {
        "kk": "БСН-ді тексеріңіз: бақылау цифры сәйкес емес, бір цифры қате",
        "ru": "Проверьте БИН: контрольная цифра не сходится, одна из цифр неверна",
        "en": "Check the BIN: its check digit does not fit, so one of the digits is wrong",
    },
    "format kz-iin-or-bin": {
        "kk": "БСН немесе ЖСН тексеріңіз: 12 цифр",
        "ru": "Проверьте БИН или ИИН: 12 цифр",
        "en": "Check the BIN or IIN: 12 digits",
    },
    "format kz-iin-or-bin check digit": {
        "kk": "БСН-ді немесе ЖСН-ді тексеріңіз: бақылау цифры сәйкес емес, бір цифры қате",
        "ru": "Проверьте БИН или ИИН: контрольная цифра не сходится, одна из цифр неверна",
        "en": "Check the BIN or IIN: the check digit does not fit, so one of the digits is wrong",
    },
    "format kz-iban": {
        "kk": "Шот нөмірін (ЖСК) тексеріңіз: KZ және 18 таңба",
        "ru": "Проверьте номер счёта (ИИК): KZ и 18 символов",
        "en": "Check the account number (IBAN): KZ and 18 characters",
    },
    "format kz-kato": {
        "kk": "ӘАОЖ кодын тексеріңіз: 9 цифр",
        "ru": "Проверьте код КАТО: 9 цифр",
        "en": "Check the KATO code: 9 digits",
    },
    "format kz-kbe": {
        "kk": "КБе тексеріңіз: 2 цифр, біріншісі 1 немесе 2, мысалы, 17",
        "ru": "Проверьте КБе: 2 цифры, первая 1 или 2, например 17",
        "en": "Check the beneficiary code (KBe): 2 digits, the first 1 or 2, as 17",
    },
    "enum": _CHOOSE,
    "oneOf": _CHOOSE,
    "anyOf": _GENERAL,
    "allOf": _GENERAL,
    "not": _GENERAL,
    "if": _GENERAL,
    "x-options": {
        "kk": "Бұл мән жоғарыда таңдалғанға жатпайды. Тізімнен қайта таңдаңыз",
        "ru": "Это значение не относится к выбранному выше. Выберите из списка заново",
        "en": "This value does not belong to what was chosen above. Choose from the list again",
    },
    "x-options gone": {
        "kk": "Бұл код қолданыстағы жіктеуіште жоқ. Тізімнен қайта таңдаңыз",
        "ru": "Этого кода нет в действующем классификаторе. Выберите из списка заново",
        "en": "This code is not in the classifier in force. Choose from the list again",
    },
    "x-options code-in": {
        "kk": "Нөмір бойынша шот басқа банкте ашылған: {v}. Сол банкті таңдаңыз немесе шот нөмірін "
        "түзетіңіз",
        "ru": "По номеру счёт открыт в другом банке: {v}. Выберите этот банк или исправьте номер "
        "счёта",
        "en": "By its number the account is at another bank: {v}. Choose that bank, or correct the "
        "number of the account",
    },
    "x-options missing": {
        "kk": "Жіктеуіш әлі енгізілмеген. Операторға хабарласыңыз",
        "ru": "Классификатор ещё не загружен. Сообщите оператору",
        "en": "The classifier has not been imported yet. Tell the operator",
    },
    "x-options not in force": {
        "kk": "Бүгін қолданылмайды: {v}. Тізімнен басқасын таңдаңыз",
        "ru": "Сегодня не действует: {v}. Выберите другое из списка",
        "en": "Not in force today: {v}. Choose another one from the list",
    },
    "x-options no table": {
        "kk": "Таңдау тізімі жоқ. Операторға хабарласыңыз",
        "ru": "Списка для выбора нет. Сообщите оператору",
        "en": "There is no list to choose from. Tell the operator",
    },
    "const": {"kk": "Мән {v} болуы керек", "ru": "Должно быть {v}", "en": "It must be {v}"},
    "additionalProperties": _UNKNOWN,
    "properties": _GENERAL,
    "items": _CHOOSE,
    "minItems": {
        "kk": "Таңдалатын мәндердің ең аз саны: {v}",
        "ru": "Выберите значений, не меньше: {v}",
        "en": "Number of values to choose, at least: {v}",
    },
    "maxItems": {
        "kk": "Таңдалатын мәндердің ең көп саны: {v}",
        "ru": "Выберите значений, не больше: {v}",
        "en": "Number of values to choose, at most: {v}",
    },
    "uniqueItems": _REPEATED,
    "hidden": _NOT_ASKED,
    "false schema": _NOT_ASKED,
    "readOnly": {
        "kk": "Бұл өрісті өзгертуге болмайды",
        "ru": "Это поле нельзя изменить",
        "en": "This field can't be changed",
    },
    "characters": {
        "kk": "Мәтінде рұқсат етілмеген (көрінбейтін) таңбалар бар. Оны қолмен қайта теріңіз",
        "ru": "В тексте есть недопустимые (невидимые) символы. Наберите его заново вручную",
        "en": "The text holds characters that are not allowed (they can't be seen). Type it anew",
    },
    "limit": {
        "kk": "Мәндерді тексеру тым көп есептеуді қажет етеді. Операторға хабарласыңыз",
        "ru": "Проверка значений требует слишком долгих вычислений. Сообщите оператору",
        "en": "Checking these values takes too long. Tell the operator",
    },
    "unexpected": _GENERAL,
}
"""Keyword, or keyword and what it is about → sentence; `{v}` is the limit."""


NEXT: Texts = {
    "kk": "Келесі кезең: {first} – {last}, {v}.",
    "ru": "Следующий период: {first} – {last}, {v}.",
    "en": "Next period: {first} – {last}, {v}.",
}
"""When a key of a dated table (`{v}`) comes into force, after what is wrong with one that is not; a
field's own sentence is the one for `next`."""

NO_NEXT: Texts = {
    "kk": "Келесі кезең әлі жарияланған жоқ.",
    "ru": "Следующий период ещё не объявлен.",
    "en": "The next period has not been announced yet.",
}


def sentence(keyword: str, limit: object = None, about: str = "") -> dict[str, str]:
    """What is wrong, in every language. `about` chooses a closer sentence where there is one."""
    closer, _, _ = about.partition(" ")
    keys = (f"{keyword} {about}", f"{keyword} {closer}", keyword, "unexpected")
    return filled(next(KEYWORDS[key] for key in keys if key in KEYWORDS), limit)


def filled(texts: Texts, limit: object) -> dict[str, str]:
    """The texts with the limit in place of `{v}`."""
    return {
        language: texts[language].replace("{v}", _shown(limit, language))
        for language in (*LANGUAGES, *(each for each in texts if each not in LANGUAGES))
        if language in texts
    }


def decimals(step: object) -> int | None:
    """How many decimals a step like 0.01 allows; None for other steps."""
    if isinstance(step, bool) or not isinstance(step, (int, float)):
        return None
    sign, digits, exponent = Decimal(str(step)).normalize().as_tuple()
    if sign == 0 and digits == (1,) and isinstance(exponent, int) and exponent < 0:
        return -exponent
    return None


def _shown(limit: object, language: str) -> str:
    if isinstance(limit, Mapping):
        return f"«{in_language(limit, language)}»"
    if isinstance(limit, bool):
        return _YES.get(language, _YES["en"])[limit]
    if isinstance(limit, (int, float)):
        shown = f"{limit:,}"
        if language == "en":
            return shown
        return shown.replace(",", "\u00a0").replace(".", ",")
    return str(limit)
