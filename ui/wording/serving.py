"""What visitors are told at the door: signing in and out, waiting, in three languages.

Messages to the person who starts the server are English, as everything in the terminal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class ServingWords:
    """One language of the door."""

    sign_in: str
    name: str
    password: str
    enter: str
    wrong: str
    throttled: str
    foreign: str
    closed: str
    sign_out: str
    sign_out_question: str
    stay: str
    signed_out: str
    starting: str
    starting_text: str


SERVING_WORDS: dict[Language, ServingWords] = {
    "kk": ServingWords(
        sign_in="Жүйеге кіру",
        name="Пайдаланушы аты",
        password="Құпиясөз",
        enter="Кіру",
        wrong="Пайдаланушы аты немесе құпиясөз дұрыс емес.",
        throttled="Сәтсіз әрекет тым көп болды. {minutes} минуттан кейін қайталап көріңіз.",
        foreign="Бұл сұрау басқа сайттан келді, сондықтан қабылданбады. Осы беттен кіріңіз.",
        closed="Қазір кіру мүмкін емес: серверде пайдаланушылар тізімі оқылмай тұр.",
        sign_out="Шығу",
        sign_out_question="Жүйеден шығасыз ба?",
        stay="Бетке оралу",
        signed_out="Сіз жүйеден шықтыңыз.",
        starting="Бет дайындалып жатыр",
        starting_text="Алғаш іске қосылғанда бірнеше минут күтуге тура келеді. Бет өзі ашылады.",
    ),
    "ru": ServingWords(
        sign_in="Вход",
        name="Имя пользователя",
        password="Пароль",
        enter="Войти",
        wrong="Неверное имя пользователя или пароль.",
        throttled="Слишком много неудачных попыток. Попробуйте снова через {minutes} мин.",
        foreign="Этот запрос пришёл с другого сайта и не принят. Войдите с этой страницы.",
        closed="Сейчас войти нельзя: сервер не может прочитать список пользователей.",
        sign_out="Выйти",
        sign_out_question="Выйти из системы?",
        stay="Вернуться на страницу",
        signed_out="Вы вышли.",
        starting="Страница готовится",
        starting_text="При первом запуске это занимает несколько минут. Страница откроется сама.",
    ),
    "en": ServingWords(
        sign_in="Sign in",
        name="User name",
        password="Password",
        enter="Sign in",
        wrong="The user name or the password is wrong.",
        throttled="There were too many failed attempts. Try again in {minutes} min.",
        foreign="This request came from another site and was not accepted. Sign in on this page.",
        closed="Nobody can sign in right now: the server cannot read its list of users.",
        sign_out="Sign out",
        sign_out_question="Do you want to sign out?",
        stay="Back to the page",
        signed_out="You are signed out.",
        starting="The page is starting",
        starting_text="The first start takes a few minutes. The page will open by itself.",
    ),
}


def throttled_text(seconds: float, language: Language) -> str:
    """What somebody is told who has failed to sign in too often."""
    minutes = max(1, math.ceil(seconds / 60))
    return SERVING_WORDS[language].throttled.format(minutes=minutes)
