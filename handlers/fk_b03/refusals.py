"""What a completion check says when it refuses, in three languages.

The Kazakh and English wording is ours, for a native reader.
"""

from __future__ import annotations

NO_MEASURE = {
    "kk": "Берілген жауаптар мен кәсіпорынның нысаны бойынша қолжетімді шара жоқ: "
    "өтінім беруге болмайды. {reason} Сұрақтар бойынша мансап орталығына жүгініңіз.",
    "ru": "По данным ответам и форме предприятия доступных мер нет: подать заявку нельзя. "
    "{reason} По вопросам обратитесь в карьерный центр.",
    "en": "With these answers and this form of enterprise no measure is available, so no "
    "application is possible. {reason} To ask: the career centre.",
}

OTHER_MEASURES = {
    "kk": "Бұл шара қолжетімді емес. Қолжетімді шаралар: {measures}. {reason}",
    "ru": "Эта мера недоступна. Доступные меры: {measures}. {reason}",
    "en": "This measure is not available. Available: {measures}. {reason}",
}

TOO_MANY_PLACES = {
    "kk": "Сұралған орындар саны: {places}. Қолжетімді орындар: {left} (тізімдік сан: "
    "{headcount}, бұрын өтінілгені: {taken}).",
    "ru": "Запрошено мест: {places}. Доступно мест: {left} (списочная численность: "
    "{headcount}, уже запрошено: {taken}).",
    "en": "Places asked for: {places}. Places available: {left} (listed headcount: "
    "{headcount}, already applied for: {taken}).",
}

PLACES_GONE = {
    "kk": "Өтінім толтырылғаннан кейін орындар басқа өтініммен алынды. Сұралғаны: {places}, "
    "қалғаны: {left}. «Өзгерту» дегенді таңдап, орындар санын азайтыңыз; орын қалмаса, өтінім "
    "жойылғанша сақталады: орындар босаған кезде қол қойыңыз.",
    "ru": "После заполнения этой заявки места заняты другой заявкой. Запрошено: {places}, "
    "осталось: {left}. Выберите «Изменить» и уменьшите число мест; если мест не осталось, "
    "заявка хранится, пока вы её не удалите: подпишите её, когда места освободятся.",
    "en": "Since this application was filled in, another one has taken the places. Asked for: "
    "{places}, left: {left}. Choose “Edit” and ask for fewer places; if none are left, the "
    "application is kept until you delete it: sign it when places are free again.",
}

PROFESSION_TAKEN = {
    "kk": "Бұл мамандық бойынша сол мансап орталығына № {number} өтінім жіберілген: бір мамандыққа "
    "бір өтінім беріледі. Басқа мамандықты таңдаңыз.",
    "ru": "По этой профессии в тот же карьерный центр уже отправлена заявка № {number}: на одну "
    "профессию подаётся одна заявка. Выберите другую профессию.",
    "en": "Application No {number} for this profession was sent to the same career centre already: "
    "there is one application for one profession. Choose another profession.",
}

PROFESSION_GONE = {
    "kk": "Осы өтінім толтырылғаннан кейін сол мамандық бойынша сол мансап орталығына № {number} "
    "өтінім жіберілді: бір мамандыққа бір өтінім беріледі. «Өзгерту» дегенді таңдап, басқа "
    "мамандықты көрсетіңіз немесе осы өтінімді жойыңыз.",
    "ru": "После заполнения этой заявки по той же профессии в тот же карьерный центр отправлена "
    "заявка № {number}: на одну профессию подаётся одна заявка. Выберите «Изменить» и укажите "
    "другую профессию или удалите эту заявку.",
    "en": "Since this application was filled in, application No {number} for the same profession "
    "was sent to the same career centre: there is one application for one profession. Choose "
    "“Edit” and another profession, or delete this application.",
}

SENDING_OVER = {
    "kk": "Тексеруге сұрау {requested} берілді, өтінімді {until} дейін жіберу керек еді. Енді "
    "оны жіберуге болмайды: жаңа өтінім қосыңыз. Толтырылғаны өтінім жойылғанша сақталады.",
    "ru": "Запрос на проверку подан {requested}, заявку нужно было отправить до {until}. Отправить "
    "её больше нельзя: добавьте новую заявку. Заполненное хранится, пока вы не удалите заявку.",
    "en": "The request for the check was filed on {requested}, and the application had to be sent "
    "by {until}. It can't be sent any more: add a new application. What was filled in is kept "
    "until you delete the application.",
}

YEAR_OVER = {
    "kk": "{year} қаржы жылы аяқталды: бұл өтінімді жіберуге болмайды. Толтырылғаны өтінім "
    "жойылғанша сақталады.",
    "ru": "{year} финансовый год закончился: эту заявку отправить нельзя. Заполненное хранится, "
    "пока вы не удалите заявку.",
    "en": "The financial year {year} is over: this application can't be sent. What was filled in "
    "is kept until you delete the application.",
}

CHECK_NOT_FRESH = {
    "kk": "Тексеру {until} дейін жарамды болды. «Өзгерту» дегенді таңдаңыз: тексеру қайта "
    "жүргізіледі, толтырылғаны сақталады.",
    "ru": "Проверка действовала до {until}. Выберите «Изменить»: проверка пройдёт снова, "
    "заполненное сохранится.",
    "en": "The check was good until {until}. Choose “Edit”: the check is made again, and what was "
    "filled in is kept.",
}

NO_CENTRE = {
    "kk": "Бұл жер үшін еңбек мобильділігі орталығы табылмады. Басқа жерді таңдаңыз.",
    "ru": "Для этого места не найден центр трудовой мобильности. Выберите другое место.",
    "en": "No labour mobility centre was found for this place. Choose another place.",
}

WINDOW_CLOSED = {
    "kk": "{year} жылға өтінімдер қазір қабылданбайды. {next}",
    "ru": "Заявки на {year} год сейчас не принимаются. {next}",
    "en": "Applications for {year} are not taken now. {next}",
}

NEXT_WINDOW = {
    "kk": "Келесі кезең: {first} – {last}, {year} жылға.",
    "ru": "Следующий период: {first} – {last}, на {year} год.",
    "en": "Next period: {first} – {last}, for {year}.",
}

NO_NEXT_WINDOW = {
    "kk": "Келесі кезең әлі жарияланған жоқ.",
    "ru": "Следующий период ещё не объявлен.",
    "en": "The next period has not been announced yet.",
}

CONTRACT_ENDS_TOO_EARLY = {
    "kk": "Шарттың аяқталу күні бүгіннен кейін болуы тиіс.",
    "ru": "Дата окончания Договора должна быть позже сегодняшней.",
    "en": "The contract must end after today.",
}

CONTRACT_SUM_TOO_SMALL = {
    "kk": "Шарт сомасы тым аз: орын саны {places}, мұндайда ол кемінде {least}. Соманы теңгемен "
    "жазыңыз (мың теңгемен емес).",
    "ru": "Слишком малая сумма Договора: мест {places}, на столько ожидается не меньше {least}. "
    "Впишите сумму в тенге (не в тысячах).",
    "en": "The sum of the contract is too small: the number of places is {places}, so it is at "
    "least {least}. Write it in tenge (not in thousands).",
}

SALARY_TOO_LOW = {
    "kk": "Жалақы ең төменгі жалақыдан кем болмауы керек: айына кемінде {least}.",
    "ru": "Заработная плата не может быть ниже минимальной: не меньше {least} в месяц.",
    "en": "The wage can't be below the minimum wage: at least {least} a month.",
}

CHECK_NOT_YET = {
    "kk": "Бұл кәсіпорын {checked} {year} жыл бойынша тексеруден өтпеді. Қайта тексеру {from} "
    "бастап қолжетімді болады.",
    "ru": "Предприятие не прошло проверку на {year} год ({checked}). Повторная проверка будет "
    "доступна с {from}.",
    "en": "The enterprise did not pass the check for {year} ({checked}). A new check is possible "
    "from {from}.",
}

NOT_NOW = {
    "kk": "Қазір бұл мүмкін емес: өтінімнің мәртебесі – «{status}».",
    "ru": "Сейчас это невозможно: статус заявки – «{status}».",
    "en": "This is not possible now: the status of the application is “{status}”.",
}
