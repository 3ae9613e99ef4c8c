"""What the frame of the page and the chat say, in three languages.

Addresses, abstentions and notices are the assistant's words and arrive inside its replies; what
stands here belongs to the page alone: labels, buttons, states, and what is said when something
goes wrong. A sentence that a person can see stands in no other folder of `ui`.

`{name}` marks a place that the caller fills with `str.format`.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import QUESTION_LIMIT, Language
from ui.chat import Flaw

LANGUAGES: tuple[tuple[str, Language], ...] = (
    ("Қазақша", "kk"),
    ("Русский", "ru"),
    ("English", "en"),
)
"""The choices of the language switch: each in its own language, so that all can find theirs."""

DEFAULT_LANGUAGE: Language = "kk"


@dataclass(frozen=True)
class Words:
    """One language of the page.

    Attributes:
        built_in: What Gradio's own English labels and messages become; keys are Gradio's words.
    """

    name: str
    language_label: str
    dark: str
    invitation: str
    promise: str
    examples: str
    question_label: str
    question_placeholder: str
    send: str
    stop: str
    question_said: str
    answer_said: str
    understood_as: str
    searching: str
    found: str
    writing: str
    stopped: str
    citation: str
    citations: str
    abstained: str
    nearest: str
    nearest_one: str
    confidence_high: str
    confidence_medium: str
    confidence_low: str
    cannot: str
    fault: str
    fault_text: str
    empty: str
    unreadable: str
    too_long: str
    panel_label: str
    panel_hint: str
    panel_hint_title: str
    surroundings: str
    previous: str
    next: str
    close: str
    exact: str
    references: str
    line: str
    built_in: dict[str, str]


_KK = Words(
    name="Дәйек",
    language_label="Тіл",
    dark="Түнгі режим",
    invitation="Диссертациядан не білгіңіз келеді?",
    promise=(
        "Жауап тек осы диссертацияның мәтінінен алынады. Жауаптағы [1] белгісін бассаңыз, "
        "дәйексөз өз абзацында бөлектеліп ашылады. Мәтінде жауап болмаса, ол да ашық айтылады."
    ),
    examples="Мысалы, былай сұрауға болады",
    question_label="Сұрағыңыз",
    question_placeholder="Сұрағыңызды жазыңыз…",
    send="Сұрау",
    stop="Тоқтату",
    question_said="Сұрақ",
    answer_said="Жауап",
    understood_as="Сұрақ былай түсінілді:",
    searching="Мәтіннен ізделіп жатыр…",
    found="Үзінділер табылды, жауап құрастырылып жатыр…",
    writing="Жауап жазылып жатыр…",
    stopped="Жауап сіздің қалауыңызбен тоқтатылды.",
    citation="дәйексөз",
    citations="Дәйексөздер",
    abstained="Мәтінде жауап жоқ",
    nearest="Мағынасы ең жақын үзінділер",
    nearest_one="жақын үзінді",
    confidence_high="Сенімділігі жоғары",
    confidence_medium="Сенімділігі орташа",
    confidence_low="Сенімділігі төмен: дәйексөздерді өзіңіз оқып шығыңыз",
    cannot="Қазір жауап беру мүмкін емес",
    fault="Бағдарламада ақау шықты",
    fault_text=(
        "Бұл «диссертацияда жауап жоқ» дегенді білдірмейді: іздеу аяғына жетпеді. "
        "Сұрақты қайта жіберіп көріңіз."
    ),
    empty="Сұрағыңызды сөзбен жазыңыз.",
    unreadable="Сұрақта оқылмайтын таңбалар бар. Оны қайта теріңіз.",
    too_long=(
        "Сұрақ тым ұзын: {count} таңба. {limit} таңбадан аспауы керек. Қысқартып, қайта жіберіңіз."
    ),
    panel_label="Дәйексөз және оның мәтіндегі орны",
    panel_hint_title="Дәйексөздер осы жерде ашылады",
    panel_hint=(
        "Жауаптағы [1] белгісін басыңыз: сол сөздер диссертацияда тұрған жерінде көрсетіледі."
    ),
    surroundings="Диссертация мәтіні",
    previous="Алдыңғы",
    next="Келесі",
    close="Жабу",
    exact="Мәтінмен салыстырылды: сөзбе-сөз сәйкес",
    references=(
        "Автор бұл жерде {references} сілтемесін береді; әдебиеттер тізімі бұл мәтінде жоқ."
    ),
    line="мәтіндік файлдың {line}-жолы",
    built_in={
        "chatbot conversation": "Сұрақтар мен жауаптар",
        "Scroll down": "Соңына түсу",
        "Loading response": "Жауап дайындалып жатыр",
        "Loading content": "Жауап дайындалып жатыр",
        "Close": "Жабу",
        "Error": "Қате",
        "Connection Lost": "Байланыс үзілді",
        "Connection to the server was lost. Attempting reconnection...": (
            "Бағдарламамен байланыс үзілді. Қайта қосылып жатыр…"
        ),
        "This application is currently busy. Please try again.": (
            "Қазір сұрақ тым көп. Сәл күтіп, қайта жіберіңіз."
        ),
    },
)

_RU = Words(
    name="Дәйек",
    language_label="Язык",
    dark="Тёмное оформление",
    invitation="Что вы хотите узнать из диссертации?",
    promise=(
        "Ответ берётся только из текста этой диссертации. Нажмите на метку [1] в ответе — цитата "
        "откроется выделенной в своём абзаце. Если ответа в тексте нет, об этом сказано прямо."
    ),
    examples="Например, можно спросить так",
    question_label="Ваш вопрос",
    question_placeholder="Напишите вопрос…",
    send="Спросить",
    stop="Остановить",
    question_said="Вопрос",
    answer_said="Ответ",
    understood_as="Вопрос понят так:",
    searching="Идёт поиск по тексту…",
    found="Фрагменты найдены, ответ составляется…",
    writing="Ответ пишется…",
    stopped="Ответ остановлен по вашей просьбе.",
    citation="цитата",
    citations="Цитаты",
    abstained="В тексте ответа нет",
    nearest="Ближайшие по смыслу фрагменты",
    nearest_one="близкий фрагмент",
    confidence_high="Уверенность высокая",
    confidence_medium="Уверенность средняя",
    confidence_low="Уверенность низкая: прочитайте цитаты сами",
    cannot="Сейчас ответить невозможно",
    fault="В программе произошёл сбой",
    fault_text=(
        "Это не значит, что в диссертации нет ответа: поиск не был доведён до конца. "
        "Попробуйте отправить вопрос ещё раз."
    ),
    empty="Напишите вопрос словами.",
    unreadable="В вопросе есть нечитаемые знаки. Наберите его заново.",
    too_long=(
        "Вопрос слишком длинный: знаков {count}, а можно не больше {limit}. "
        "Сократите его и отправьте снова."
    ),
    panel_label="Цитата и её контекст",
    panel_hint_title="Здесь открываются цитаты",
    panel_hint=(
        "Нажмите на метку [1] в ответе: эти слова будут показаны на своём месте в диссертации."
    ),
    surroundings="Текст диссертации",
    previous="Предыдущая",
    next="Следующая",
    close="Закрыть",
    exact="Сверено с текстом: дословно",
    references="Автор ссылается здесь на {references}; списка литературы в этом тексте нет.",
    line="строка {line} текстового файла",
    built_in={
        "chatbot conversation": "Вопросы и ответы",
        "Scroll down": "Прокрутить вниз",
        "Loading response": "Ответ готовится",
        "Loading content": "Ответ готовится",
        "Close": "Закрыть",
        "Error": "Ошибка",
        "Connection Lost": "Связь потеряна",
        "Connection to the server was lost. Attempting reconnection...": (
            "Связь с программой потеряна. Идёт восстановление…"
        ),
        "This application is currently busy. Please try again.": (
            "Сейчас слишком много вопросов. Подождите немного и отправьте снова."
        ),
    },
)

_EN = Words(
    name="Дәйек",
    language_label="Language",
    dark="Dark mode",
    invitation="What would you like to learn from the dissertation?",
    promise=(
        "Answers are taken only from the text of this dissertation. Press a marker such as [1] in "
        "an answer to open the quotation, highlighted in its paragraph. "
        "When the text does not answer, the page says so."
    ),
    examples="You could ask, for example",
    question_label="Your question",
    question_placeholder="Type your question…",
    send="Ask",
    stop="Stop",
    question_said="Question",
    answer_said="Answer",
    understood_as="Question understood as:",
    searching="Searching the text…",
    found="Passages found, composing the answer…",
    writing="Writing the answer…",
    stopped="The answer was stopped at your request.",
    citation="citation",
    citations="Citations",
    abstained="Not answered by the text",
    nearest="Passages closest in meaning",
    nearest_one="closest passage",
    confidence_high="Confidence: high",
    confidence_medium="Confidence: medium",
    confidence_low="Confidence: low. Please read the quotations yourself",
    cannot="Answering is not possible right now",
    fault="Something went wrong",
    fault_text=(
        "This does not mean that the dissertation has no answer: the search did not finish. "
        "Try sending the question again."
    ),
    empty="Type a question in words.",
    unreadable="The question contains unreadable characters. Please type it again.",
    too_long=(
        "The question is too long: {count} characters. The limit is {limit}. "
        "Shorten it and send it again."
    ),
    panel_label="The citation in context",
    panel_hint_title="Citations open here",
    panel_hint="Press a marker such as [1] in an answer to see those words where they stand "
    "in the dissertation.",
    surroundings="Text of the dissertation",
    previous="Previous",
    next="Next",
    close="Close",
    exact="Checked against the text: verbatim",
    references="The author refers to {references} here; this text has no bibliography.",
    line="line {line} of the text file",
    built_in={
        "chatbot conversation": "Questions and answers",
        "Connection Lost": "Connection lost",
        "Connection to the server was lost. Attempting reconnection...": (
            "The connection to the program was lost. Trying to reconnect…"
        ),
        "This application is currently busy. Please try again.": (
            "There are too many questions at the moment. Wait a little and send yours again."
        ),
    },
)

WORDS: dict[Language, Words] = {"kk": _KK, "ru": _RU, "en": _EN}


def reason_text(flaw: Flaw, question: str, words: Words) -> str:
    """Why a question is not taken, and what to do."""
    if flaw == "too_long":
        return words.too_long.format(count=len(question.strip()), limit=QUESTION_LIMIT)
    return words.empty if flaw == "empty" else words.unreadable
