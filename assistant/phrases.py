"""Every sentence that the assistant itself says, in Kazakh, Russian and English.

The page has its own words in `ui/wording/`; the terminal its own. Nothing else in the code
speaks to a reader. A phrase claims nothing about the work: what the work says is always quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.replies import Citation, Fault, Language
from sources import Work

NAMED_SECTIONS: Mapping[Language, Mapping[str, str]] = {
    "kk": {"intro": "кіріспе", "conclusion": "қорытынды"},
    "ru": {"intro": "введение", "conclusion": "заключение"},
    "en": {"intro": "introduction", "conclusion": "conclusion"},
}


@dataclass(frozen=True)
class Place:
    """Where words stand, as a person says it.

    Attributes:
        section: Id of the section.
        paragraph: Number in it; 0 for its heading.
        table: Number of the table, None outside tables.
        row: Number of the row, 0 for the header, None outside tables.
    """

    section: str
    paragraph: int
    table: int | None = None
    row: int | None = None


def place_of(work: Work, offset: int) -> Place:
    """The place of a code point of the work."""
    block = work.outline.block_at(offset)
    if block.table is None:
        return Place(block.section, block.number)
    rows = (block.table.header, *block.table.rows)
    row = next((row.number for row in rows if row.start <= offset < row.end), 0)
    return Place(block.section, block.number, block.table.number, row)


def address(language: Language, place: Place | Citation) -> str:
    """The address of a place: "2.1-бөлім, 14-абзац", "раздел 2.1, абзац 14", "table 4, row 3"."""
    if place.table is not None:
        return _table_address(language, place.table, place.row)
    section = _section(language, place.section)
    number = place.paragraph
    if number == 0:
        return {"kk": f"{section}, тақырып", "ru": f"{section}, заголовок"}.get(
            language, f"{section}, heading"
        )
    paragraph = {"kk": f"{number}-абзац", "ru": f"абзац {number}"}.get(
        language, f"paragraph {number}"
    )
    return f"{section}, {paragraph}" if section else paragraph


def _section(language: Language, id: str) -> str:
    if id == "start":
        return ""
    named = NAMED_SECTIONS[language].get(id)
    if named:
        return named
    part = "." in id
    if language == "kk":
        return f"{id}-{'бөлім' if part else 'тарау'}"
    if language == "ru":
        return f"{'раздел' if part else 'глава'} {id}"
    return f"{'section' if part else 'chapter'} {id}"


def _table_address(language: Language, table: int, row: int | None) -> str:
    if language == "kk":
        return f"{table}-кесте, {row}-жол" if row else f"{table}-кесте"
    if language == "ru":
        return f"таблица {table}, строка {row}" if row else f"таблица {table}"
    return f"table {table}, row {row}" if row else f"table {table}"


def table_title(language: Language, number: int, caption: str | None) -> str:
    """How a table is named: its caption as it stands, or that the text gives it none."""
    if caption:
        return caption
    return {
        "kk": f"{number}-кесте (тақырыбы мәтінде жоқ)",
        "ru": f"Таблица {number} (в тексте без названия)",
        "en": f"Table {number} (no caption in the text)",
    }[language]


FRAMES: Mapping[Language, str] = {
    "kk": "",
    "ru": "В работе об этом сказано так (цитаты на языке оригинала, казахском):",
    "en": "The work says this (quoted in its original Kazakh):",
}

CONFLICT: Mapping[Language, str] = {
    "kk": "Мәтінде бұл туралы екі түрлі айтылған:",
    "ru": "В тексте об этом сказано по-разному:",
    "en": "The text says two different things about this:",
}

CONFLICT_ON: Mapping[Language, str] = {
    "kk": "Мәтінде бұл туралы екі түрлі айтылған ({topic}):",
    "ru": "В тексте об этом сказано по-разному ({topic}):",
    "en": "The text says two different things about this ({topic}):",
}

CONFLICT_NEAR: Mapping[Language, str] = {
    "kk": "Осыған жақын мәселе туралы мәтінде екі түрлі айтылған ({topic}):",
    "ru": "По близкому вопросу в тексте сказано по-разному ({topic}):",
    "en": "On a closely related matter the text says two different things ({topic}):",
}

QUOTATION: Mapping[Language, tuple[str, str]] = {
    "kk": ("", ""),
    "ru": ("«", "»"),
    "en": ("“", "”"),
}

OTHER_LANGUAGE: Mapping[Language, str] = {
    "kk": "",
    "ru": "Работа написана на казахском; цитаты приводятся без перевода.",
    "en": "The work is written in Kazakh; quotations are not translated.",
}

_SILENT: Mapping[Language, str] = {
    "kk": "Диссертацияда бұл сұраққа жауап табылмады.",
    "ru": "В работе ответа на этот вопрос не нашлось.",
    "en": "The work does not answer this question.",
}

_SEARCHED: Mapping[Language, str] = {
    "kk": "Мәтіннің барлық {count} үзіндісі сөздері мен мағынасы бойынша қаралды.",
    "ru": "Просмотрен весь текст (фрагментов: {count}) — по словам и по смыслу.",
    "en": "All {count} passages of the text were searched, by words and by meaning.",
}

_UNKNOWN: Mapping[Language, str] = {
    "kk": "Мәтінде мүлде кездеспейтін сөздер: {words}.",
    "ru": "В тексте совсем не встречается: {words}.",
    "en": "The text never mentions: {words}.",
}

_NO_TABLE: Mapping[Language, str] = {
    "kk": "Жұмыста {number}-кесте жоқ; бар кестелер: {tables}.",
    "ru": "Таблицы {number} в работе нет; есть таблицы: {tables}.",
    "en": "The work has no table {number}; its tables are: {tables}.",
}

_REFERENCE: Mapping[Language, str] = {
    "kk": "Файлда әдебиеттер тізімі жоқ, сондықтан \\[{number}\\] сілтемесінің дереккөзін мәтіннен "
    "анықтау мүмкін емес.",
    "ru": "В файле нет списка литературы, поэтому источник ссылки \\[{number}\\] по тексту "
    "установить нельзя.",
    "en": "The file has no bibliography, so the source of reference \\[{number}\\] cannot be told "
    "from the text.",
}


def silence(language: Language, passages: int, unknown: Iterable[str] = ()) -> str:
    """What is said when the work does not answer; the nearest passages stand in the answer's list.

    Args:
        language: Of the question.
        passages: How many passages were searched.
        unknown: Words of the question that the work never uses; may be empty.
    """
    parts = [_SILENT[language], _SEARCHED[language].format(count=passages)]
    words = ", ".join(f"«{word}»" if language != "en" else f"“{word}”" for word in unknown)
    if words:
        parts.append(_UNKNOWN[language].format(words=words))
    return " ".join(parts)


def no_table(language: Language, number: int, tables: Iterable[int]) -> str:
    """What is said when a question names a table that the work does not have."""
    return _NO_TABLE[language].format(
        number=number, tables=", ".join(str(table) for table in tables) or "—"
    )


def no_bibliography(language: Language, number: str) -> str:
    """What is said when a question asks for the source behind a bracket reference."""
    return _REFERENCE[language].format(number=number)


UNCONFIRMED: Mapping[Language, str] = {
    "kk": "(⚠ мәтінмен расталмады)",
    "ru": "(⚠ текстом не подтверждено)",
    "en": "(⚠ not confirmed by the text)",
}
"""Stands behind a statement of a model that failed a check, on every surface."""

_INSTEAD: Mapping[Language, str] = {
    "kk": "{fault}, сондықтан жауап мәтіннің өз сөйлемдерінен құралды.",
    "ru": "{fault}, поэтому ответ составлен из предложений самого текста.",
    "en": "{fault}, so the answer is made up of the text's own sentences.",
}

_FAULTS: Mapping[Language, Mapping[Fault, str]] = {
    "kk": {
        "slow": "Тілдік модель уақытында жауап бермеді",
        "unreachable": "Тілдік модельге қосылу мүмкін болмады",
        "busy": "Тілдік модельдің сервері бос болмады",
        "refused": "Тілдік модельдің сервері қате қайтарды",
        "broken": "Тілдік модельдің жауабы ортасынан үзіліп қалды",
        "empty": "Тілдік модель ештеңе жазбады",
        "unreadable": "Тілдік модель жазғанды оқу мүмкін болмады",
        "language": "Тілдік модель басқа тілде жауап берді",
        "uncited": "Тілдік модель ешбір дәлел көрсетпеді",
        "unsupported": "Тілдік модель жазған сөйлемдердің үштен бірінен көбін мәтін растамады",
        "no answer": "Тілдік модель бұл үзінділерден жауап таппады",
    },
    "ru": {
        "slow": "Языковая модель не ответила вовремя",
        "unreachable": "Не удалось связаться с языковой моделью",
        "busy": "Сервер языковой модели занят",
        "refused": "Сервер языковой модели вернул ошибку",
        "broken": "Ответ языковой модели оборвался на середине",
        "empty": "Языковая модель ничего не написала",
        "unreadable": "Написанное языковой моделью не удалось прочитать",
        "language": "Языковая модель ответила на другом языке",
        "uncited": "Языковая модель не сослалась ни на одно место текста",
        "unsupported": "Больше трети написанного языковой моделью текст не подтверждает",
        "no answer": "Языковая модель не нашла ответа в этих фрагментах",
    },
    "en": {
        "slow": "The language model did not answer in time",
        "unreachable": "The language model cannot be reached",
        "busy": "The server of the language model is busy",
        "refused": "The server of the language model returned an error",
        "broken": "The answer of the language model broke off in the middle",
        "empty": "The language model wrote nothing",
        "unreadable": "What the language model wrote cannot be read",
        "language": "The language model answered in another language",
        "uncited": "The language model cited no evidence",
        "unsupported": "The text does not confirm more than a third of what the language model "
        "wrote",
        "no answer": "The language model found no answer in these passages",
    },
}

_SILENT_TOO: Mapping[Language, str] = {
    "kk": "Тілдік модель де ең жақын үзінділерден жауап таппады.",
    "ru": "Языковая модель тоже не нашла ответа в ближайших фрагментах.",
    "en": "The language model found no answer in the nearest passages either.",
}

_REMOVED: Mapping[Language, str] = {
    "kk": "Мәтінге қайшы келгендіктен жауаптан алып тасталған сөйлем саны: {count}.",
    "ru": "Предложений, убранных из ответа как противоречащих тексту: {count}.",
    "en": "Statements removed because the text contradicts them: {count}.",
}

_MARKED: Mapping[Language, str] = {
    "kk": "Мәтінмен расталмаған, ⚠ белгісі қойылған сөйлем саны: {count}.",
    "ru": "Предложений, не подтверждённых текстом и отмеченных знаком ⚠: {count}.",
    "en": "Statements that the text does not confirm, marked ⚠: {count}.",
}

_CUT_SHORT: Mapping[Language, str] = {
    "kk": "Тілдік модельдің жауабы тым ұзақ болғандықтан, жалғасы көрсетілмеді.",
    "ru": "Ответ языковой модели слишком длинный, продолжение не показано.",
    "en": "The answer of the language model was too long; the rest of it is not shown.",
}


def instead(language: Language, fault: Fault) -> str:
    """Why the answer is not the model's."""
    return _INSTEAD[language].format(fault=_FAULTS[language][fault])


def silent_too(language: Language) -> str:
    """That the model, too, found no answer where the search was not sure of one."""
    return _SILENT_TOO[language]


def on_a_models_answer(language: Language, *, removed: int, marked: int, cut: bool) -> str:
    """What a reader must know of a model's answer; empty when all of it passed.

    Args:
        language: Of the question.
        removed: Statements taken out.
        marked: Statements shown marked.
        cut: Whether the model would have gone on.
    """
    parts = []
    if removed:
        parts.append(_REMOVED[language].format(count=removed))
    if marked:
        parts.append(_MARKED[language].format(count=marked))
    if cut:
        parts.append(_CUT_SHORT[language])
    return " ".join(parts)
