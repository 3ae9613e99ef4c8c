"""What is said around an answer: what can be done with it, and the list of conversations."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class TalkWords:
    """One language; `{name}` marks a place that the caller fills with `str.format`."""

    chat_tab: str
    reader_tab: str
    desk_tab: str
    evaluation_tab: str
    copy: str
    copy_markdown: str
    copied: str
    not_copied: str
    good: str
    bad: str
    remark: str
    remark_hint: str
    remark_save: str
    remark_saved: str
    retry: str
    edit: str
    editing: str
    cancel: str
    check: str
    open_in_reader: str
    next_questions: str
    by_chapter: str
    sources: str
    conversations: str
    new: str
    find: str
    find_hint: str
    none_kept: str
    none_found: str
    rename: str
    delete: str
    delete_sure: str
    yes: str
    no: str
    title_label: str
    save: str
    export: str
    questions: str
    show_conversations: str
    nothing_to_export: str
    busy: str
    wait: str
    sign_out: str


_KK = TalkWords(
    chat_tab="Сұхбат",
    reader_tab="Мәтін",
    desk_tab="Тексеру",
    evaluation_tab="Бағалау",
    copy="Көшіру",
    copy_markdown="Markdown түрінде көшіру",
    copied="Көшірілді",
    not_copied="Көшірілмеді: браузер рұқсат бермеді",
    good="Жауап пайдалы болды",
    bad="Жауап пайдасыз болды",
    remark="Пікіріңіз (міндетті емес)",
    remark_hint="Ненің дұрыс, ненің бұрыс екенін жазыңыз…",
    remark_save="Сақтау",
    remark_saved="Пікіріңіз сақталды",
    retry="Қайта сұрау",
    edit="Сұрақты түзету",
    editing="Сұрақ түзетіліп жатыр. Жіберсеңіз, одан кейінгі жауаптар өшіріледі.",
    cancel="Болдырмау",
    check="Тексеру",
    open_in_reader="Мәтіннен оқу",
    next_questions="Енді мынаны сұрауға болады",
    by_chapter="Тараулар бойынша сұрақтар",
    sources="Дереккөз: {title}",
    conversations="Сұхбаттар",
    new="Жаңа сұхбат",
    find="Сұхбаттардан іздеу",
    find_hint="Сұхбаттардан іздеу…",
    none_kept="Әзірге сақталған сұхбат жоқ. Бірінші сұрағыңызды қойыңыз.",
    none_found="Ондай сұхбат табылмады.",
    rename="Атын өзгерту",
    delete="Өшіру",
    delete_sure="Сұхбат біржола өшіріледі. Өшіресіз бе?",
    yes="Иә, өшіру",
    no="Жоқ",
    title_label="Сұхбаттың аты",
    save="Сақтау",
    export="Сұхбатты жүктеп алу",
    questions="{count} сұрақ",
    show_conversations="Сұхбаттар тізімі",
    nothing_to_export="Жүктеп алатын жауап әлі жоқ.",
    busy="Алдымен жауап жазылып біткенше күтіңіз не оны тоқтатыңыз.",
    sign_out="Шығу",
    wait="Сұрақ тым жиі қойылып жатыр. {seconds} секундтан кейін қайта сұраңыз.",
)

_RU = TalkWords(
    chat_tab="Беседа",
    reader_tab="Текст",
    desk_tab="Проверка",
    evaluation_tab="Оценка",
    copy="Копировать",
    copy_markdown="Копировать как Markdown",
    copied="Скопировано",
    not_copied="Не скопировано: браузер не разрешил",
    good="Ответ полезен",
    bad="Ответ бесполезен",
    remark="Ваше замечание (необязательно)",
    remark_hint="Напишите, что верно и что нет…",
    remark_save="Сохранить",
    remark_saved="Замечание сохранено",
    retry="Спросить заново",
    edit="Исправить вопрос",
    editing="Вопрос исправляется. После отправки ответы, идущие за ним, будут удалены.",
    cancel="Отменить",
    check="Проверить",
    open_in_reader="Читать в тексте",
    next_questions="Теперь можно спросить",
    by_chapter="Вопросы по главам",
    sources="Источник: {title}",
    conversations="Беседы",
    new="Новая беседа",
    find="Поиск по беседам",
    find_hint="Поиск по беседам…",
    none_kept="Сохранённых бесед пока нет. Задайте первый вопрос.",
    none_found="Такой беседы не нашлось.",
    rename="Переименовать",
    delete="Удалить",
    delete_sure="Беседа будет удалена навсегда. Удалить?",
    yes="Да, удалить",
    no="Нет",
    title_label="Название беседы",
    save="Сохранить",
    export="Скачать беседу",
    questions="вопросов: {count}",
    show_conversations="Список бесед",
    nothing_to_export="Скачивать пока нечего: нет ни одного ответа.",
    busy="Сначала дождитесь конца ответа или остановите его.",
    sign_out="Выйти",
    wait="Вы спрашиваете слишком часто. Спросите снова через {seconds} с.",
)

_EN = TalkWords(
    chat_tab="Chat",
    reader_tab="Text",
    desk_tab="Check",
    evaluation_tab="Evaluation",
    copy="Copy",
    copy_markdown="Copy as Markdown",
    copied="Copied",
    not_copied="Not copied: the browser did not allow it",
    good="The answer was useful",
    bad="The answer was not useful",
    remark="Your remark (optional)",
    remark_hint="Say what is right and what is not…",
    remark_save="Save",
    remark_saved="Your remark was saved",
    retry="Ask again",
    edit="Edit the question",
    editing="You are editing a question. Sending it removes the answers that come after it.",
    cancel="Cancel",
    check="Check",
    open_in_reader="Read in the text",
    next_questions="You could ask next",
    by_chapter="Questions by chapter",
    sources="Source: {title}",
    conversations="Conversations",
    new="New conversation",
    find="Search conversations",
    find_hint="Search conversations…",
    none_kept="There are no saved conversations yet. Ask your first question.",
    none_found="No such conversation was found.",
    rename="Rename",
    delete="Delete",
    delete_sure="The conversation will be deleted for good. Delete it?",
    yes="Yes, delete",
    no="No",
    title_label="Title of the conversation",
    save="Save",
    export="Download the conversation",
    questions="questions: {count}",
    show_conversations="List of conversations",
    nothing_to_export="There is no answer to download yet.",
    busy="First wait for the answer to finish, or stop it.",
    sign_out="Sign out",
    wait="You are asking too often. Ask again in {seconds} s.",
)

TALK_WORDS: dict[Language, TalkWords] = {"kk": _KK, "ru": _RU, "en": _EN}
