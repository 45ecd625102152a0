"""What people type wrongly, by the real pages: the sentence at its field, in one's language, what
was typed still there, and nothing done.

A sentence is named by its key in `engine.forms.messages.KEYWORDS`, with the limit it tells.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from engine.attachments import ENDINGS
from engine.forms.messages import KEYWORDS, filled
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS, Office
from tests.support.files import pdf
from tests.support.posted import BY_POWER, as_posted, is_kept, said_at
from tests.web.bad_input.conftest import address
from tests.web.conftest import Browser

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Browser]
LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
START = "/cabinet/start/fk_b03"
SMALL = "150140000022"
"""An enterprise that has room for two places."""
OTHER_BANK = {
    "kk": "«Kaspi Bank» АҚ",
    "ru": "АО «Kaspi Bank»",
    "en": "Kaspi Bank JSC",
}

Case = tuple[str, str, str, object]
"""A field, what was typed in it, the key of what is said, the limit that is told."""

IN_START: list[Case] = [
    ("bin", "150140000013", "format kz-iin-or-bin check digit", None),
    ("bin", "15014", "format kz-iin-or-bin", None),
    ("power_holder_iin", "900101300018", "format kz-iin check digit", None),
    ("power_holder_iin", "901301300017", "format kz-iin date", None),
    ("power_holder_iin", BIN, "format kz-iin kind", None),
    ("power_holder_iin", "90010130001O", "format kz-iin", None),
    ("power_holder_iin", "٩٠٠١٠١٣٠٠٠١٧", "format kz-iin", None),
    ("financial_year", "2099", "type choice", None),
    ("power_date", "2026-02-30", "format date", None),
]
IN_DETAILS: list[Case] = [
    ("kbe", "99", "format kz-kbe", None),
    ("kbe", "1", "format kz-kbe", None),
    ("phone", "звоните", "format tel", None),
    ("phone", "+7 727", "format tel", None),
    ("phone", "+٧ ٧٢٧ ٠٠٠ ٠٠ ٠١", "format tel", None),
    ("email", "почта", "format email", None),
    ("email", "demo@example", "format email", None),
    ("bic", "AAAAKZKX", "x-options gone", None),
    ("name_ru", "ТОО \u202eилгҮ", "characters", None),
    ("name_ru", "щ" * 301, "maxLength", 300),
    ("head_since", "2026-02-30", "format date", None),
    ("head_since", "вчера", "format date", None),
    ("iban", "KZ02722KZT5004100100", "x-options code-in", OTHER_BANK),
]
IN_APPLICATION: list[Case] = [
    ("places", "0", "minimum", 1),
    ("places", "-1", "minimum", 1),
    ("places", "−1", "minimum", 1),
    ("places", "1.5", "type integer", None),
    ("places", "1" + "0" * 30, "maximum", 999),
    ("places", "-1" + "0" * 30, "minimum", 1),
    ("places", "٣", "type integer", None),
    ("places", "３", "type integer", None),
    ("places", "2 3", "type integer", None),
    ("places", "1e2", "type integer", None),
    ("places", "", "required", None),
    ("district", "759999999", "x-options gone", None),
    ("region", "Алматы", "format choice", None),
    ("profession", "nothing", "x-options gone", None),
    ("measure", "ZZ", "oneOf", None),
]
OWN_WORDS = {
    "iban": {
        "kk": "IBAN дұрыс емес: KZ әріптерінен басталып",
        "ru": "IBAN неверен: он начинается с KZ",
        "en": "The IBAN is not valid: it begins with KZ",
    },
    "profession": {
        "kk": "Бұл мамандық таңдалған кәсіби салаға жатпайды",
        "ru": "Эта профессия не из выбранной области",
        "en": "This profession is not in the chosen area",
    },
    "district": {
        "kk": "Бұл аудан таңдалған өңірде емес",
        "ru": "Этот район не в выбранном регионе",
        "en": "This district is not in the chosen region",
    },
}
FILES = {
    "empty": (b"", "a.pdf", "The file is empty", "Файл бос", "Файл пустой"),
    "a program": (
        b"MZ a program",
        "paper.pdf",
        "By its content this file is another kind",
        "Бұл файлдың мазмұны басқа түрде",
        "По содержанию этот файл другой",
    ),
    "a packed document": (
        b"PK\x03\x04" + b"\x00" * 2000,
        "bomb.docx",
        "By its content this file is another kind",
        "Бұл файлдың мазмұны басқа түрде",
        "По содержанию этот файл другой",
    ),
    "too large": (
        b"%PDF-1.7" + b" " * 6 * 1024 * 1024,
        "a.pdf",
        "The file is too large: 6 MB",
        "Файл тым үлкен: 6 МБ",
        "Файл слишком большой: 6 МБ",
    ),
}
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "photo\u202egpj.pdf": "photogpj.pdf",
    "сенімхат\x07.pdf": "сенімхат.pdf",
    "щ" * 400 + ".pdf": "щ" * 80 + ".pdf",
    "power.docx": "power.docx.pdf",
}


@pytest.fixture(name="application", scope="module")
def _application(office: Office) -> str:
    """The address of a task that asks for the application."""
    case = office.start()
    office.do(case, "fill_details")
    return address(office, case, "fill_application")


@LANGUAGES
@pytest.mark.parametrize(("field", "typed", "key", "limit"), IN_START)
def test_in_a_new_application(
    sign_in: SignIn, field: str, typed: str, key: str, limit: object, language: str
) -> None:
    values = BY_POWER | {field: typed}
    answer = sign_in("employer-1", language).post(START, **values)
    assert answer.status_code == 422
    assert said_at(answer.text, field) == filled(KEYWORDS[key], limit)[language]
    is_kept(answer.text, values)


@LANGUAGES
@pytest.mark.parametrize(("field", "typed", "key", "limit"), IN_DETAILS)
def test_in_the_details(
    sign_in: SignIn,
    details: str,
    field: str,
    typed: str,
    key: str,
    limit: object,
    language: str,
) -> None:
    values = as_posted(DETAILS) | {field: typed}
    browser = sign_in("employer-1", language)
    answer = browser.post(details, **values)
    assert answer.status_code == 422
    where = "bic" if key.endswith("code-in") else field
    assert said_at(answer.text, where) == filled(KEYWORDS[key], limit)[language]
    is_kept(answer.text, values)
    if field != "head_since":
        account = browser.post(f"/cabinet/account/{BIN}", press="keep", **values)
        assert account.status_code == 422
        assert said_at(account.text, where) == filled(KEYWORDS[key], limit)[language]


@LANGUAGES
@pytest.mark.parametrize("iban", ["KZ86125KZT5004100101", "KZ86", "DE89370400440532013000"])
def test_an_account_number_that_fails(
    sign_in: SignIn, details: str, iban: str, language: str
) -> None:
    values = as_posted(DETAILS) | {"iban": iban}
    answer = sign_in("employer-1", language).post(details, **values)
    assert answer.status_code == 422
    assert said_at(answer.text, "iban").startswith(OWN_WORDS["iban"][language])
    is_kept(answer.text, values)


@LANGUAGES
@pytest.mark.parametrize(("field", "typed", "key", "limit"), IN_APPLICATION)
def test_in_the_application(
    sign_in: SignIn,
    application: str,
    field: str,
    typed: str,
    key: str,
    limit: object,
    language: str,
) -> None:
    values = as_posted(ANSWERS["fill_application"]) | {field: typed}
    answer = sign_in("employer-1", language).post(application, press="complete", **values)
    assert answer.status_code == 422
    assert said_at(answer.text, field) == filled(KEYWORDS[key], limit)[language]
    is_kept(answer.text, values)


@LANGUAGES
@pytest.mark.parametrize(
    ("field", "typed"), [("profession", "tractor_driver"), ("district", "611600000")]
)
def test_a_choice_that_does_not_belong_to_the_one_before(
    sign_in: SignIn, application: str, field: str, typed: str, language: str
) -> None:
    values = as_posted(ANSWERS["fill_application"]) | {field: typed}
    answer = sign_in("employer-1", language).post(application, press="complete", **values)
    assert answer.status_code == 422
    assert said_at(answer.text, field) == OWN_WORDS[field][language]
    is_kept(answer.text, values)


@LANGUAGES
@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_refused(sign_in: SignIn, what: str, language: str) -> None:
    content, name, *sentences = FILES[what]
    sentence = dict(zip(("en", "kk", "ru"), sentences, strict=True))[language]
    browser = sign_in("employer-1", language)
    data: dict[str, Any] = browser.tokens(START) | BY_POWER
    data["power_document.file"] = (BytesIO(content), name)
    answer = browser.client.post(START, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert sentence in said_at(answer.text, "power_document")
    is_kept(answer.text, BY_POWER)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_made_safe(sign_in: SignIn, name: str) -> None:
    browser = sign_in("employer-1")
    data: dict[str, Any] = browser.tokens(START) | BY_POWER | {"power_number": ""}
    data["power_document.file"] = (BytesIO(pdf()), name)
    answer = browser.client.post(START, data=data, content_type="multipart/form-data")
    assert f"Attached: {NAMES[name]} <" in unescape(answer.text)
    assert NAMES[name].endswith(tuple(ENDINGS.values()))


@LANGUAGES
def test_a_draft_with_an_impossible_day_can_be_opened_again(
    sign_in: SignIn, details: str, language: str
) -> None:
    browser = sign_in("employer-1", language)
    saved = browser.post(details, press="autosave", head_since="31.02.2026", head_ru="Начато")
    assert saved.status_code == 200
    answer = browser.get(details)
    assert answer.status_code == 200
    assert 'value="2026-02-31"' in answer.text
