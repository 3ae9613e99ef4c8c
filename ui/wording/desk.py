"""What the examiner's desk says, in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class DeskWords:
    """One language; `{name}` marks a place that the caller fills with `str.format`."""

    title: str
    questions: str
    nothing: str
    how: str
    not_kept: str
    choose: str
    silence: str
    progress: str
    signed_short: str
    statement: str
    says: str
    stands: str
    verbatim: str
    confirmed: str
    unconfirmed: str
    no_place: str
    supported: str
    partly: str
    unsupported: str
    remark: str
    remark_hint: str
    keys: str
    sign_title: str
    name: str
    sign: str
    judge_first: str
    promise: str
    signed: str
    digest: str
    unsign_title: str
    reason: str
    unsign: str
    log: str
    log_signed: str
    log_unsigned: str
    export: str
    print: str
    saved: str


_KK = DeskWords(
    title="Жауапты тексеру",
    questions="Осы сұхбаттағы сұрақтар",
    nothing="Тексеретін жауап әлі жоқ.",
    how="«Сұхбат» қойындысында сұрақ қойыңыз да, жауаптың астындағы «Тексеру» батырмасын басыңыз.",
    not_kept="Бұл сұхбат сақталмаған, сондықтан оның хаттамасы да сақталмайды.",
    choose="Тексеретін жауапты таңдаңыз.",
    silence=(
        "Бұл сұраққа «мәтінде жауап жоқ» деп жауап берілген. Тексеретін тұжырым жоқ; "
        "төмендегі ең жақын үзінділерді оқып, мұның дұрыс екеніне көз жеткізіңіз."
    ),
    progress="Тексерілді: {done} / {count}",
    signed_short="қол қойылған",
    statement="{number}-тұжырым",
    says="Жауапта айтылғаны",
    stands="Мәтінде жазылғаны",
    verbatim="Бағдарлама: мәтіннен сөзбе-сөз алынған",
    confirmed="Бағдарлама: модельдің сөзі, мәтінге сай келеді",
    unconfirmed="Бағдарлама: модельдің сөзі, мәтінмен расталмады",
    no_place="Бұл тұжырым мәтіннің ешбір жеріне сүйенбейді.",
    supported="Расталады",
    partly="Ішінара",
    unsupported="Расталмайды",
    remark="Ескертпе",
    remark_hint="Қажет болса, себебін жазыңыз…",
    keys="Пернелер: 1 — расталады, 2 — ішінара, 3 — расталмайды, J және K — келесі, алдыңғы.",
    sign_title="Хаттамаға қол қою",
    name="Аты-жөніңіз",
    sign="Қол қою",
    judge_first="Қол қою үшін алдымен барлық тұжырымды бағалаңыз. Қалғаны: {count}.",
    promise="Қол қойылған хаттама өзгертілмейді; қолтаңбаны қайтарып алсаңыз, ол да жазылады.",
    signed="Қол қойған: {name}, {time}",
    digest="Бақылау қосындысы (sha256): {digest}",
    unsign_title="Қолтаңбаны қайтарып алу",
    reason="Себебі",
    unsign="Қолтаңбаны қайтарып алу",
    log="Хаттама тарихы",
    log_signed="{time}: {name} қол қойды",
    log_unsigned="{time}: {name} қолтаңбасын қайтарып алды. {reason}",
    export="Хаттаманы жүктеп алу",
    print="Басып шығару",
    saved="Сақталды",
)

_RU = DeskWords(
    title="Проверка ответа",
    questions="Вопросы этой беседы",
    nothing="Проверять пока нечего.",
    how="Задайте вопрос на вкладке «Беседа» и нажмите под ответом кнопку «Проверить».",
    not_kept="Эта беседа не сохранена, поэтому не сохранится и протокол.",
    choose="Выберите ответ для проверки.",
    silence=(
        "На этот вопрос дан ответ «в тексте ответа нет». Утверждений для проверки нет; прочитайте "
        "ближайшие фрагменты ниже и убедитесь, что это верно."
    ),
    progress="Проверено: {done} из {count}",
    signed_short="подписано",
    statement="Утверждение {number}",
    says="Что сказано в ответе",
    stands="Что написано в тексте",
    verbatim="Программа: взято из текста дословно",
    confirmed="Программа: слова модели, с текстом сходятся",
    unconfirmed="Программа: слова модели, текстом не подтверждены",
    no_place="Это утверждение не опирается ни на одно место текста.",
    supported="Подтверждается",
    partly="Частично",
    unsupported="Не подтверждается",
    remark="Замечание",
    remark_hint="Если нужно, напишите почему…",
    keys="Клавиши: 1 — подтверждается, 2 — частично, 3 — не подтверждается, J и K — дальше, назад.",
    sign_title="Подписать протокол",
    name="Имя и фамилия",
    sign="Подписать",
    judge_first="Чтобы подписать, оцените все утверждения. Осталось: {count}.",
    promise="Подписанный протокол изменить нельзя; если отозвать подпись, это тоже будет записано.",
    signed="Подписано: {name}, {time}",
    digest="Контрольная сумма (sha256): {digest}",
    unsign_title="Отозвать подпись",
    reason="Причина",
    unsign="Отозвать подпись",
    log="История протокола",
    log_signed="{time}: {name} — подпись поставлена",
    log_unsigned="{time}: {name} — подпись отозвана. {reason}",
    export="Скачать протокол",
    print="Печать",
    saved="Сохранено",
)

_EN = DeskWords(
    title="Checking an answer",
    questions="Questions of this conversation",
    nothing="There is nothing to check yet.",
    how="Ask a question under “Chat” and press “Check” below its answer.",
    not_kept="This conversation is not saved, so its record will not be saved either.",
    choose="Choose an answer to check.",
    silence=(
        "The answer to this question was that the text does not answer it. There is no statement "
        "to check; read the closest passages below and make sure that this is right."
    ),
    progress="Checked: {done} of {count}",
    signed_short="signed",
    statement="Statement {number}",
    says="What the answer says",
    stands="What the text says",
    verbatim="The program: taken from the text, word for word",
    confirmed="The program: a model's words, in agreement with the text",
    unconfirmed="The program: a model's words, not confirmed by the text",
    no_place="This statement does not rest on any place in the text.",
    supported="Supported",
    partly="Partly",
    unsupported="Not supported",
    remark="Remark",
    remark_hint="Say why, if you like…",
    keys="Keys: 1 supported, 2 partly, 3 not supported, J and K for the next and the previous.",
    sign_title="Sign the record",
    name="Your name",
    sign="Sign",
    judge_first="Judge every statement before you sign. Left: {count}.",
    promise="A signed record cannot be changed; withdrawing the signature is logged as well.",
    signed="Signed: {name}, {time}",
    digest="Checksum (sha256): {digest}",
    unsign_title="Withdraw the signature",
    reason="Reason",
    unsign="Withdraw",
    log="History of the record",
    log_signed="{time}: signed by {name}",
    log_unsigned="{time}: signature withdrawn by {name}. {reason}",
    export="Download the record",
    print="Print",
    saved="Saved",
)

DESK_WORDS: dict[Language, DeskWords] = {"kk": _KK, "ru": _RU, "en": _EN}
