"""What an exported transcript, record or list of places says beside the work's own words."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Language, StatementVerdict
from ui.keeping import Judgement


@dataclass(frozen=True)
class ExportWords:
    """One language of an exported document.

    Attributes:
        checked: What the program's own check found of a statement, by its code.
        doubts: What failed in it, by its code.
        judgements: What an examiner found.
    """

    transcript: str
    gathering: str
    work: str
    sha256: str
    index: str
    engine: str
    extractive: str
    versions: str
    made_at: str
    question: str
    understood_as: str
    asked_at: str
    abstained: str
    unfinished: str
    notice: str
    citations: str
    characters: str
    line: str
    statements: str
    number: str
    statement: str
    program_check: str
    judgement: str
    remark: str
    not_judged: str
    record: str
    signed: str
    not_signed: str
    digest: str
    taken_back: str
    reason: str
    places: str
    no_places: str
    proof: str
    page: str
    checked: dict[StatementVerdict, str]
    doubts: dict[str, str]
    judgements: dict[Judgement, str]


_KK = ExportWords(
    transcript="Сұрақтар мен жауаптар",
    gathering="Мәтінде айтылғаны",
    work="Жұмыс",
    sha256="Файлдың бақылау қосындысы (sha256)",
    index="Индекс",
    engine="Жауаптың құрастырылуы",
    extractive="жұмыстың өз сөйлемдерінен, тілдік модельсіз",
    versions="Бағдарлама нұсқалары",
    made_at="Құжат жасалған уақыт",
    question="Сұрақ",
    understood_as="Былай түсінілді",
    asked_at="Сұралған уақыт",
    abstained="Жұмыста жауап табылмады",
    unfinished="Бұл сұраққа жауап аяқталмады.",
    notice="Ескерту",
    citations="Дәйексөздер",
    characters="таңбалар",
    line="файлдың {line}-жолы",
    statements="Тұжырымдар",
    number="№",
    statement="Тұжырым",
    program_check="Бағдарламаның тексеруі",
    judgement="Сарапшының бағасы",
    remark="Ескертпе",
    not_judged="бағаланбаған",
    record="Сарапшының хаттамасы",
    signed="Қол қойған: {name}, {time}",
    not_signed="Хаттамаға қол қойылмаған.",
    digest="Хаттаманың бақылау қосындысы (sha256)",
    taken_back="Қолтаңба қайтарып алынды: {name}, {time}",
    reason="Себебі: {reason}",
    places="Табылған үзінділер: {count}",
    no_places="Мәтінде мұндай үзінді табылмады.",
    proof="Әр дәйексөздің файлдағы көрсетілген орнында әріпме-әріп тұрғанын осы құжаттың JSON "
    "нұсқасы арқылы тексеруге болады: {command}. [басы, соңы) сандары — мәтін "
    "таңбаларының нөлден басталатын реттік нөмірлері.",
    page="{page}-бет, барлығы {count}",
    checked={
        "verbatim": "мәтіннен сөзбе-сөз алынған",
        "supported": "мәтінмен расталды",
        "unconfirmed": "мәтінмен расталмады",
    },
    doubts={
        "figure": "сан",
        "date": "күн мен жыл",
        "name": "атау",
        "negation": "болымсыздық",
        "quotation": "дәйексөз",
        "citation": "сілтеме",
        "overlap": "сөздер сәйкестігі",
    },
    judgements={
        "supported": "расталады",
        "partly": "ішінара расталады",
        "unsupported": "расталмайды",
    },
)

_RU = ExportWords(
    transcript="Вопросы и ответы",
    gathering="Что сказано в тексте",
    work="Работа",
    sha256="Контрольная сумма файла (sha256)",
    index="Индекс",
    engine="Как составлен ответ",
    extractive="из предложений самой работы, без языковой модели",
    versions="Версии программ",
    made_at="Документ создан",
    question="Вопрос",
    understood_as="Понят так",
    asked_at="Задан",
    abstained="В работе ответа не нашлось",
    unfinished="Ответ на этот вопрос не был закончен.",
    notice="Примечание",
    citations="Цитаты",
    characters="знаки",
    line="строка файла {line}",
    statements="Утверждения",
    number="№",
    statement="Утверждение",
    program_check="Проверка программой",
    judgement="Оценка эксперта",
    remark="Замечание",
    not_judged="не оценено",
    record="Протокол эксперта",
    signed="Подписано: {name}, {time}",
    not_signed="Протокол не подписан.",
    digest="Контрольная сумма протокола (sha256)",
    taken_back="Подпись отозвана: {name}, {time}",
    reason="Причина: {reason}",
    places="Найдено фрагментов: {count}",
    no_places="Таких фрагментов в тексте не нашлось.",
    proof="То, что цитаты стоят в файле на указанных местах буква в букву, проверяется по этому "
    "документу в формате JSON: {command}. Числа [начало, конец) — порядковые номера знаков текста, "
    "считая от нуля.",
    page="Страница {page} из {count}",
    checked={
        "verbatim": "дословно из текста",
        "supported": "подтверждено текстом",
        "unconfirmed": "не подтверждено текстом",
    },
    doubts={
        "figure": "число",
        "date": "дата",
        "name": "имя или название",
        "negation": "отрицание",
        "quotation": "цитата",
        "citation": "ссылка",
        "overlap": "совпадение слов",
    },
    judgements={
        "supported": "подтверждается",
        "partly": "подтверждается частично",
        "unsupported": "не подтверждается",
    },
)

_EN = ExportWords(
    transcript="Questions and answers",
    gathering="What the text says",
    work="Work",
    sha256="Checksum of the file (sha256)",
    index="Index",
    engine="How the answer was made",
    extractive="from the work's own sentences, without a language model",
    versions="Software versions",
    made_at="Document created",
    question="Question",
    understood_as="Understood as",
    asked_at="Asked",
    abstained="The work does not answer this",
    unfinished="The answer to this question was not finished.",
    notice="Note",
    citations="Citations",
    characters="characters",
    line="line {line} of the file",
    statements="Statements",
    number="No.",
    statement="Statement",
    program_check="Check by the program",
    judgement="Examiner's judgement",
    remark="Remark",
    not_judged="not judged",
    record="Examiner's record",
    signed="Signed: {name}, {time}",
    not_signed="The record is not signed.",
    digest="Checksum of the record (sha256)",
    taken_back="Signature withdrawn: {name}, {time}",
    reason="Reason: {reason}",
    places="Passages found: {count}",
    no_places="The text has no such passage.",
    proof="That every quotation stands at its address in the file, letter for letter, can be "
    "checked with the JSON form of this document: {command}. The numbers [start, end) count the "
    "characters of the text from zero.",
    page="Page {page} of {count}",
    checked={
        "verbatim": "verbatim from the text",
        "supported": "confirmed by the text",
        "unconfirmed": "not confirmed by the text",
    },
    doubts={
        "figure": "figure",
        "date": "date",
        "name": "name",
        "negation": "negation",
        "quotation": "quotation",
        "citation": "citation",
        "overlap": "shared words",
    },
    judgements={
        "supported": "supported",
        "partly": "partly supported",
        "unsupported": "not supported",
    },
)

EXPORT_WORDS: dict[Language, ExportWords] = {"kk": _KK, "ru": _RU, "en": _EN}
