"""What a visitor is told when something kept cannot be used; and no paths."""

from __future__ import annotations

from assistant import FixableError, Language

_TROUBLES: dict[str, dict[Language, str]] = {
    "NotKept": {
        "kk": "Бұл сұхбат табылмады. Ол өшірілген болуы мүмкін.",
        "ru": "Эта беседа не найдена. Возможно, она удалена.",
        "en": "This conversation was not found. It may have been deleted.",
    },
    "SignedRecord": {
        "kk": "Бұл жауаптың хаттамасына қол қойылған. Өзгерту үшін қолтаңбаны қайтарып алыңыз.",
        "ru": "Протокол этого ответа подписан. Чтобы изменить его, сначала отзовите подпись.",
        "en": "The record of this answer is signed. Withdraw the signature before you change it.",
    },
    "IncompleteRecord": {
        "kk": "Қол қою үшін барлық тұжырымды бағалап, аты-жөніңізді жазыңыз.",
        "ru": "Чтобы подписать, оцените все утверждения и напишите своё имя.",
        "en": "To sign, judge every statement and write your name.",
    },
    "NotJudgeable": {
        "kk": "Бұл жауапта бағалайтын тұжырым жоқ.",
        "ru": "В этом ответе нет утверждений, которые можно оценить.",
        "en": "This answer has no statements to judge.",
    },
    "ShelfBusy": {
        "kk": "Сұхбаттар файлы қазір бос емес. Сәл күтіп, қайталап көріңіз.",
        "ru": "Файл бесед сейчас занят. Подождите немного и попробуйте снова.",
        "en": "The file of conversations is in use. Wait a moment and try again.",
    },
    "ShelfError": {
        "kk": "Сұхбаттарды сақтау мүмкін болмай тұр. Бұл туралы бет әкімшісіне хабарлаңыз.",
        "ru": "Сейчас беседы сохранить нельзя. Сообщите об этом администратору страницы.",
        "en": "Conversations cannot be saved at the moment. Please tell whoever runs this page.",
    },
}
"""By the name of the error or of a more general one."""


def trouble_text(error: FixableError, language: Language) -> str:
    """What to tell a visitor of an error, in the page's language.

    An error that has no words here says its own, in English.
    """
    for kind in type(error).__mro__:
        if kind.__name__ in _TROUBLES:
            return _TROUBLES[kind.__name__][language]
    return str(error)
