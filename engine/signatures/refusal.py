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
        "kk": "Құжатқа тек бір адам қол қоюы керек.",
        "ru": "Документ должен подписать ровно один человек.",
        "en": "Expected exactly one signer.",
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
        "kk": "Қолтаңба құжаттың өзіне қойылмаған.",
        "ru": "Подписан не сам документ.",
        "en": "The signature is not over a plain document.",
    },
    "content": {
        "kk": "Қолтаңбаның ішіндегі құжат сақталған құжаттан өзгеше.",
        "ru": "Документ внутри подписи отличается от сохранённого.",
        "en": "The document inside the signature is not the stored one.",
    },
    "message_digest": {
        "kk": "Басқа құжатқа қол қойылған. Құжатты қайта ашып, қол қойыңыз.",
        "ru": "Подписан другой документ. Откройте документ ещё раз и подпишите.",
        "en": "Another document was signed. Open the document again and sign it.",
    },
    "certificate": {
        "kk": "Қолтаңбада қол қоюшының жарамды сертификаты жоқ.",
        "ru": "В подписи нет пригодного сертификата подписавшего.",
        "en": "The signature holds no usable certificate of its signer.",
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
        "kk": "Кілт басқа адамдікі: оның ЖСН-і кірген адамның ЖСН-імен сәйкес келмейді. "
        "Өз кілтіңізді таңдаңыз.",
        "ru": "Ключ принадлежит другому человеку: его ИИН не совпадает с ИИН вошедшего. "
        "Выберите свой ключ.",
        "en": "The key belongs to another person: its IIN is not that of the person signed in. "
        "Choose your own key.",
    },
    "organisation": {
        "kk": "Кілт басқа ұйымдікі: оның БСН-і осы іс бойынша ұйымның БСН-імен сәйкес келмейді. "
        "Осы ұйымның кілтін таңдаңыз.",
        "ru": "Ключ другой организации: его БИН не совпадает с БИН организации по этому делу. "
        "Выберите ключ этой организации.",
        "en": "The key is of another organisation: its BIN is not that of the one concerned. "
        "Choose the key of this organisation.",
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
    "evidence": {
        "kk": "Сақталған дәлел бұл қолтаңбаға немесе құжатқа сәйкес келмейді.",
        "ru": "Сохранённое доказательство не относится к этой подписи или документу.",
        "en": "The stored evidence does not belong to this signature or document.",
    },
}
"""Check → sentence by language; `{detail}` is replaced."""


def refused(check: str, detail: str = "") -> SignatureRefused:
    """The refusal for a check that failed."""
    return SignatureRefused(
        check, {language: text.format(detail=detail) for language, text in MESSAGES[check].items()}
    )
