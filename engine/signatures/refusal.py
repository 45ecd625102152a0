"""The checks of a signature, in their order, and what is said when one fails.

The Kazakh wording is our own and is to be read by a native speaker.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import SignatureRefused

MESSAGES: Mapping[str, Mapping[str, str]] = {
    "parse": {
        "kk": "Қолтаңба файлы оқылмады. Құжатқа қайта қол қойыңыз.",
        "ru": "Файл подписи не читается. Подпишите документ ещё раз.",
        "en": "The signature can't be read. Sign the document again.",
    },
    "one_signer": {
        "kk": "Қолтаңба файлында дәл бір қолтаңба болуы керек. Құжатқа бір кілтпен қайта қол "
        "қойыңыз.",
        "ru": "В файле подписи должна быть ровно одна подпись. Подпишите документ ещё раз одним "
        "ключом.",
        "en": "The file must hold exactly one signature. Sign the document again with one key.",
    },
    "algorithm": {
        "kk": "Бұл алгоритмді кіріктірілген тексеруші қолдамайды: {detail}. "
        "RSA кілтімен қол қойыңыз.",
        "ru": "Этот алгоритм не поддерживается встроенной проверкой: {detail}. "
        "Подпишите ключом RSA.",
        "en": "This algorithm is not supported by the built-in verifier: {detail}. "
        "Sign with an RSA key.",
    },
    "verifier": {
        "kk": "Қолтаңбаны тексеру қызметі жауап бермейді. Бірнеше минуттан кейін қайталаңыз.",
        "ru": "Служба проверки подписей не отвечает. Повторите через несколько минут.",
        "en": "The service that verifies signatures does not answer. Try again in a few minutes.",
    },
    "content_type": {
        "kk": "Қолтаңба құжаттың өзіне қойылмаған. Осы беттегі құжатқа қол қойыңыз.",
        "ru": "Подписан не сам документ. Подпишите документ с этой страницы.",
        "en": "The signature is not over a plain document. Sign the document of this page.",
    },
    "content": {
        "kk": "Қолтаңбаның ішіндегі құжат сақталған құжаттан өзгеше. Осы беттегі құжатқа қол "
        "қойыңыз.",
        "ru": "Документ внутри подписи отличается от сохранённого. Подпишите документ с этой "
        "страницы.",
        "en": "The document inside the signature is not the stored one. Sign the document of this "
        "page.",
    },
    "message_digest": {
        "kk": "Басқа құжатқа қол қойылған. Құжатты қайта ашып, қол қойыңыз.",
        "ru": "Подписан другой документ. Откройте документ ещё раз и подпишите.",
        "en": "Another document was signed. Open the document again and sign it.",
    },
    "certificate": {
        "kk": "Қолтаңбада қол қоюшының жарамды сертификаты жоқ. Сертификатты қоса отырып, қайта "
        "қол қойыңыз.",
        "ru": "В подписи нет пригодного сертификата подписавшего. Подпишите ещё раз, приложив "
        "сертификат.",
        "en": "The signature holds no usable certificate of its signer. Sign again and include the "
        "certificate.",
    },
    "signature": {
        "kk": "Қолтаңба дұрыс емес: ол қойылғаннан кейін өзгертілген. Құжатқа қайта қол қойыңыз.",
        "ru": "Подпись неверна: она изменена после подписания. Подпишите документ ещё раз.",
        "en": "The signature is wrong: it was changed after signing. Sign the document again.",
    },
    "signing_time": {
        "kk": "Қол қойылған уақыт шынайы уақыттан алшақ. Компьютердің сағатын тексеріңіз.",
        "ru": "Время подписания далеко от действительного. Проверьте часы компьютера.",
        "en": "The time of signing is far from the real one. Check the clock of the computer.",
    },
    "chain": {
        "kk": "Сертификатты сенімді куәландырушы орталық бермеген. "
        "Ұлттық куәландырушы орталықтың кілтін таңдаңыз.",
        "ru": "Сертификат выдан не доверенным удостоверяющим центром. "
        "Выберите ключ Национального удостоверяющего центра.",
        "en": "The certificate does not come from a trusted certification authority. "
        "Choose a key of the National Certification Authority.",
    },
    "validity": {
        "kk": "Сертификаттың қолданылу мерзімі: {detail}. Қазір ол жарамсыз. "
        "Қолданыстағы кілтті таңдаңыз немесе жаңасын алыңыз.",
        "ru": "Срок действия сертификата: {detail}. Сейчас он не действует. "
        "Выберите действующий ключ или получите новый.",
        "en": "The certificate is valid {detail}, so not now. "
        "Choose a key that is valid, or get a new one.",
    },
    "key_usage": {
        "kk": "Бұл кілт қол қоюға арналмаған. Қол қоюға арналған кілтті таңдаңыз.",
        "ru": "Этот ключ не для подписи. Выберите ключ для подписи.",
        "en": "This key is not for signing. Choose your key for signing.",
    },
    "extended_key_usage": {
        "kk": "Бұл кілт кіруге арналған, қол қоюға емес. Қол қоюға арналған кілтті таңдаңыз.",
        "ru": "Этот ключ для входа, а не для подписи. Выберите ключ для подписи.",
        "en": "This key is for logging in, not for signing. Choose your key for signing.",
    },
    "signer": {
        "kk": "Кілт басқа адамдікі. Кілттегі ЖСН: {found}, ал жүйеге кірген адамның ЖСН-і: "
        "{expected}. Өз кілтіңізді таңдаңыз.",
        "ru": "Ключ принадлежит другому человеку. ИИН в ключе: {found}, а ИИН вошедшего: "
        "{expected}. Выберите свой ключ.",
        "en": "The key belongs to another person. The IIN in the key: {found}, that of the person "
        "signed in: {expected}. Choose your own key.",
    },
    "organisation": {
        "kk": "Кілт басқа ұйымдікі. Кілттегі БСН: {found}, ал қажеті: {expected}. "
        "Осы ұйымның кілтін таңдаңыз.",
        "ru": "Ключ другой организации. БИН в ключе: {found}, а нужен: {expected}. "
        "Выберите ключ этой организации.",
        "en": "The key is of another organisation. The BIN in the key: {found}, expected: "
        "{expected}. Choose the key of this organisation.",
    },
    "organisation (a person's key)": {
        "kk": "Бұл – жеке тұлғаның кілті, онда БСН жоқ. Мына ұйымның кілтін таңдаңыз: {expected}.",
        "ru": "Это ключ физического лица, БИН в нём нет. Выберите ключ организации: {expected}.",
        "en": "This is a person's own key, which has no BIN. "
        "Choose the key of the organisation: {expected}.",
    },
    "organisation (not a person's key)": {
        "kk": "Бұл – ұйымның кілті (БСН: {found}). Дара кәсіпкер жеке тұлғаның кілтімен қол қояды.",
        "ru": "Это ключ организации (БИН: {found}). Индивидуальный предприниматель подписывает "
        "ключом физического лица.",
        "en": "This is the key of an organisation (BIN: {found}). A sole trader signs with the key "
        "of a person.",
    },
    "role": {
        "kk": "Кілт иесінің ұйым атынан қол қою құқығы жоқ. "
        "Бірінші басшының немесе қол қою құқығы бар адамның кілті қажет.",
        "ru": "Владелец ключа не имеет права подписи за организацию. "
        "Нужен ключ первого руководителя или того, у кого есть право подписи.",
        "en": "The owner of the key may not sign for the organisation. "
        "It takes the key of its head, or of someone who may sign.",
    },
    "revoked": {
        "kk": "Сертификат кері қайтарып алынған. Жаңа кілт алып, сонымен қол қойыңыз.",
        "ru": "Сертификат отозван. Получите новый ключ и подпишите им.",
        "en": "The certificate is revoked. Get a new key, and sign with that.",
    },
    "revocation": {
        "kk": "Сертификаттың кері қайтарылмағанын тексеру мүмкін болмады. Кейінірек қайталаңыз.",
        "ru": "Не удалось проверить, не отозван ли сертификат. Повторите позже.",
        "en": "It could not be checked whether the certificate is revoked. Try again later.",
    },
    "time_stamp": {
        "kk": "Қолтаңбаның уақыт белгісі тексеруден өтпеді. Құжатқа қайта қол қойыңыз.",
        "ru": "Метка времени подписи не прошла проверку. Подпишите документ ещё раз.",
        "en": "The time stamp of the signature does not hold. Sign the document again.",
    },
    "time_stamp (absent)": {
        "kk": "Қолтаңбада уақыт белгісі жоқ. Уақыт белгісімен қайта қол қойыңыз.",
        "ru": "В подписи нет метки времени. Подпишите ещё раз, с меткой времени.",
        "en": "The signature has no time stamp. Sign again, with a time stamp.",
    },
    "evidence": {
        "kk": "Сақталған дәлел бұл қолтаңбаға немесе құжатқа сәйкес келмейді.",
        "ru": "Сохранённое доказательство не относится к этой подписи или документу.",
        "en": "The stored evidence does not belong to this signature or document.",
    },
}
"""Check, with the case of it in brackets → sentence by language; what is in braces is replaced."""

NOTHING = "—"


def refused(check: str, detail: str = "", *, case: str = "", **told: str) -> SignatureRefused:
    """The refusal for a check that failed. `told`: what was `found` and what was `expected`."""
    texts = MESSAGES[f"{check} ({case})" if case else check]
    values = {"found": NOTHING, "expected": NOTHING, "detail": detail, **told}
    return SignatureRefused(
        check, {language: text.format(**values) for language, text in texts.items()}
    )
