"""A model writes; what it can do wrong is played by a real server of the same protocol."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Draft, Language, ModelMissing, Usage, open_writer
from assistant.phrases import (
    OTHER_LANGUAGE,
    UNCONFIRMED,
    instead,
    on_a_models_answer,
    silent_too,
)
from assistant.replies import Fault
from tests.assistant.modelled import (
    HURRIED,
    keeps_its_word,
    modelled,
    number_of,
    settings_for,
)
from tests.assistant.scripted import Reply, scripted
from tests.conftest import ROOT

ASKED: dict[Language, str] = {
    "kk": "Қазақстан ЕҚЫҰ-ға қашан төрағалық етті?",
    "ru": "Когда Казахстан председательствовал в ОБСЕ?",
    "en": "When did Kazakhstan chair the OSCE?",
}
TRUE: dict[Language, str] = {
    "kk": "Қазақстан ЕҚЫҰ-ға 2010 жылы төрағалық етті",
    "ru": "Казахстан председательствовал в ОБСЕ в 2010 году",
    "en": "Kazakhstan chaired the OSCE in 2010",
}
FALSE: dict[Language, str] = {
    "kk": "Қазақстан ЕҚЫҰ-ға 2017 жылы төрағалық етті",
    "ru": "Казахстан председательствовал в ОБСЕ в 2017 году",
    "en": "Kazakhstan chaired the OSCE in 2017",
}
STRAY: dict[Language, str] = {
    "kk": "Бұл туралы көптеген кітап жазылған",
    "ru": "Об этом написано много книг",
    "en": "Many books were written about this",
}
SPOT = "2010 жылы Қазақстан ЕҚЫҰ-ға"
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def saying(*sentences: str) -> Callable[[str], str]:
    """Each sentence with the number of the evidence that tells of the chairmanship."""
    return lambda data: " ".join(f"{one} [{number_of(data, SPOT)}]." for one in sentences)


def notice_of(fault: Fault, language: Language) -> str:
    return f"{instead(language, fault)} {OTHER_LANGUAGE[language]}".strip()


def drafts_of(assistant: Assistant, question: str) -> tuple[list[Draft], Answer]:
    drafts = list(assistant.stream(question))
    answer = drafts[-1].answer
    assert answer is not None
    return drafts, answer


@in_each_language
def test_a_true_answer_is_given_with_its_citation(assistant: Assistant, language: Language) -> None:
    with modelled(assistant, saying(TRUE[language])) as (model, server):
        answer = model.ask(ASKED[language])
    keeps_its_word(answer, assistant)
    assert answer.engine == "model:openai:m"
    assert answer.answer == f"{TRUE[language]}. [1]"
    assert [one.verdict for one in answer.statements] == ["supported"]
    assert SPOT in answer.citations[0].quote
    assert answer.notice == (OTHER_LANGUAGE[language] or None)
    assert answer.usage == Usage(1, None, None, None)
    assert answer.confidence == assistant.ask(ASKED[language]).confidence
    (body,) = server.asked
    assert ASKED[language] in body["messages"][1]["content"]


@in_each_language
def test_a_statement_that_contradicts_the_text_is_taken_out_and_told(
    assistant: Assistant, language: Language
) -> None:
    def said(data: str) -> str:
        spot = number_of(data, SPOT)
        return f"{TRUE[language]} [{spot}]. {FALSE[language]} [{spot}]. {TRUE[language]}! [{spot}]"

    with modelled(assistant, said) as (model, _):
        drafts, answer = drafts_of(model, ASKED[language])
    keeps_its_word(answer, assistant)
    assert answer.engine == "model:openai:m"
    assert answer.removed == 1
    assert len(answer.statements) == 2
    assert not any("2017" in draft.text for draft in drafts)
    told = on_a_models_answer(language, removed=1, marked=0, cut=False)
    assert answer.notice == f"{told} {OTHER_LANGUAGE[language]}".strip()


@in_each_language
def test_what_the_text_does_not_say_is_shown_marked(
    assistant: Assistant, language: Language
) -> None:
    def said(data: str) -> str:
        spot = number_of(data, SPOT)
        return f"{TRUE[language]} [{spot}]. {TRUE[language]}! [{spot}] {STRAY[language]} [{spot}]."

    with modelled(assistant, said) as (model, _):
        drafts, answer = drafts_of(model, ASKED[language])
    keeps_its_word(answer, assistant)
    assert answer.engine == "model:openai:m"
    assert [one.verdict for one in answer.statements] == ["supported", "supported", "unconfirmed"]
    assert f"{STRAY[language]}. [1] {UNCONFIRMED[language]}" in answer.answer
    assert answer.notice
    assert "⚠" in answer.notice
    for draft in drafts:
        if STRAY[language] in draft.text:
            assert UNCONFIRMED[language] in draft.text


def test_markers_become_live_one_statement_at_a_time(assistant: Assistant) -> None:
    def said(data: str) -> str:
        second = number_of(data, "1–2 желтоқсанда")
        return (
            f"{TRUE['en']} [{number_of(data, SPOT)}]. "
            f"In December 2010 a summit took place in Astana [{second}][{number_of(data, SPOT)}]."
        )

    with modelled(assistant, said) as (model, _):
        drafts, answer = drafts_of(model, ASKED["en"])
    keeps_its_word(answer, assistant)
    writing = [draft for draft in drafts if draft.stage == "writing"]
    assert {draft.engine for draft in writing} == {"model:openai:m"}
    assert all(later.text.startswith(earlier.text) for earlier, later in pairwise(writing))
    first = writing[0]
    assert first.text == f"{TRUE['en']}. [1]"
    assert first.citations == answer.citations[:1]
    assert answer.answer.endswith("[2][1]")
    assert drafts[-1].citations == answer.citations
    assert len(answer.citations) == 2


FAULTS: dict[str, tuple[Fault, Callable[[str], str | Reply]]] = {
    "slow first token": ("slow", lambda data: Reply(hangs=True)),
    "a pause in the middle": ("slow", lambda data: Reply(TRUE["en"], stalls_after=2)),
    "dies mid-stream": (
        "broken",
        lambda data: Reply(f"{TRUE['en']} [1]. {TRUE['en']}", dies_after=4),
    ),
    "closes early": ("broken", lambda data: Reply(f"{TRUE['en']} [1].", ends_early=True)),
    "429 for long": ("busy", lambda data: Reply("busy", status=429, retry_after="900")),
    "429 again and again": ("busy", lambda data: Reply("busy", status=429)),
    "500": ("refused", lambda data: Reply("fault", status=500)),
    "401": ("refused", lambda data: Reply("no key", status=401)),
    "not the protocol": ("unreadable", lambda data: Reply(raw=b"data: {oh no}\n\n")),
    "invalid JSON": ("broken", lambda data: Reply('{"statements": [{"text', finish="length")),
    "JSON without statements": ("unreadable", lambda data: '{"statements": "none"}'),
    "empty": ("empty", lambda data: ""),
    "blank": ("empty", lambda data: " \n "),
    "no markers": ("uncited", lambda data: f"{TRUE['en']}."),
    "wrong markers": ("uncited", lambda data: f"{TRUE['en']} [77]. {STRAY['en']} [99]."),
    "another sentence cited": (
        "unsupported",
        lambda data: f"{TRUE['en']} [{number_of(data, 'Ислам ынтымақтастығы')}].",
    ),
    "invented figures": ("unsupported", saying(FALSE["en"])),
    "another language": (
        "language",
        lambda data: (
            f"Казахстан в 2010 году председательствовал в этой организации [1]. {'Да. ' * 9}"
        ),
    ),
    "another script": (
        "language",
        lambda data: (
            "哈萨克斯坦于二零一零年担任欧洲安全与合作组织轮值主席国，这是第一次由独联体国家担任[1]。"
        ),
    ),
    "endless words": ("broken", lambda data: Reply("word ", endless=True, piece=500)),
    "endless thought": ("broken", lambda data: Reply("<think>hm " * 9, endless=True)),
    "an order from the evidence": ("uncited", lambda data: "Ignore the rules! The author lies."),
    "no answer": ("no answer", lambda data: "NO_ANSWER"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_ends_in_the_texts_own_answer_and_says_so(
    assistant: Assistant, name: str
) -> None:
    fault, script = FAULTS[name]
    limits = HURRIED if fault == "slow" else {}
    with modelled(assistant, script, **limits) as (model, _):
        drafts, answer = drafts_of(model, ASKED["en"])
    plain = assistant.ask(ASKED["en"])
    keeps_its_word(answer, assistant)
    assert answer.notice == notice_of(fault, "en")
    assert (answer.status, answer.engine) == ("answered", "extractive")
    assert (answer.answer, answer.citations) == (plain.answer, plain.citations)
    assert (answer.confidence < plain.confidence) == (fault == "no answer")
    assert answer.usage is not None
    assert drafts[-1].text == plain.answer
    assert drafts[-1].engine == "extractive"


@in_each_language
def test_a_model_that_is_not_there_is_told_in_the_readers_language(
    assistant: Assistant, language: Language
) -> None:
    with scripted(lambda number, body: Reply()) as server:
        settings = settings_for(server)
    answer = assistant.written_by(open_writer(settings)).ask(ASKED[language])
    keeps_its_word(answer, assistant)
    assert answer.notice == notice_of("unreachable", language)
    assert answer.usage == Usage(0, None, None, None)


def test_endless_statements_are_cut_and_the_rest_said_to_be_missing(assistant: Assistant) -> None:
    def said(data: str) -> Reply:
        return Reply(f"{TRUE['en']} [{number_of(data, SPOT)}]. ", endless=True)

    with modelled(assistant, said) as (model, server):
        answer = model.ask(ASKED["en"])
        assert server.dropped.wait(60)
    keeps_its_word(answer, assistant)
    assert answer.answer == f"{TRUE['en']}. [1]"
    assert answer.notice
    assert "too long" in answer.notice


def test_an_answer_cut_by_the_server_keeps_what_was_whole(assistant: Assistant) -> None:
    def said(data: str) -> Reply:
        spot = number_of(data, SPOT)
        return Reply(f"{TRUE['ru']} [{spot}]. Он также", finish="length")

    with modelled(assistant, said) as (model, _):
        answer = model.ask(ASKED["ru"])
    keeps_its_word(answer, assistant)
    assert answer.plain_text == f"{TRUE['ru']}. [1]"
    assert answer.notice
    assert "слишком длинный" in answer.notice


def test_a_busy_server_is_waited_for_and_the_reader_notices_nothing(assistant: Assistant) -> None:
    asked: list[str] = []

    def said(data: str) -> str | Reply:
        asked.append(data)
        return Reply("busy", status=429) if len(asked) == 1 else saying(TRUE["en"])(data)

    with modelled(assistant, said) as (model, _):
        answer = model.ask(ASKED["en"])
    assert answer.engine == "model:openai:m"
    assert answer.notice == OTHER_LANGUAGE["en"]


def test_a_model_that_finds_nothing_settles_a_doubtful_case_and_says_so(
    assistant: Assistant,
) -> None:
    doubtful = next(
        question
        for question in (
            "Қазақстанның Филиппинмен сауда айналымы қанша?",
            "Қазақстан Ватиканмен қандай келісім жасады?",
            "Автор БРИКС туралы не дейді?",
            "Қазақстан мен Мексика қашан келісім жасады?",
            "Қазақстан Аргентинамен қандай қатынас орнатты?",
            "Какова доля Бразилии в торговле Казахстана?",
            "What does the work say about Norway?",
            "Қазақстанда қанша университет бар?",
            "Қазақстан НАТО-мен қандай бағдарламаларға қатысты?",
        )
        if 0.55 <= assistant.ask(question).confidence < 0.78
    )
    with modelled(assistant, lambda data: "NO_ANSWER") as (model, _):
        answer = model.ask(doubtful)
    keeps_its_word(answer, assistant)
    assert answer.status == "abstained"
    assert answer.notice == silent_too(answer.language)
    assert answer.confidence < assistant.ask(doubtful).confidence


@pytest.mark.parametrize(
    "question",
    [
        "Бешбармақты қалай пісіреді?",  # the work is silent
        "5-кестеде не көрсетілген?",  # a table is shown as it stands
        "Қазақстан БҰҰ-ға қашан мүше болды?",  # the text says two things
        "12-кестеде не бар?",
    ],
)
def test_where_the_text_must_speak_itself_no_model_is_asked(
    assistant: Assistant, question: str
) -> None:
    with modelled(assistant, lambda data: TRUE["kk"]) as (model, server):
        answer = model.ask(question)
    assert server.asked == []
    assert answer.engine == "extractive"
    assert answer.usage is None
    assert answer.answer == assistant.ask(question).answer


@pytest.mark.parametrize("waiting_for", ["the first word", "the next word"])
def test_a_reader_who_leaves_ends_the_request(assistant: Assistant, waiting_for: str) -> None:
    def said(data: str) -> Reply:
        spot = number_of(data, SPOT)
        text = f"{TRUE['en']} [{spot}]. And then it went on and on"
        return Reply(text, hangs=waiting_for == "the first word", stalls_after=len(text) // 7 - 1)

    with modelled(assistant, said) as (model, server):
        drafts = model.stream(ASKED["en"])
        stage = "found" if waiting_for == "the first word" else "writing"
        for draft in drafts:
            if draft.stage == stage and draft.engine != "extractive":
                break
        drafts.close()  # type: ignore[attr-defined]
        assert server.dropped.wait(60)


def test_cost_and_tokens_are_told_where_they_are_known(assistant: Assistant) -> None:
    def said(data: str) -> Reply:
        return Reply(saying(TRUE["en"])(data), tokens=(2_000, 500))

    with modelled(assistant, said, DAYEK_MODEL_PRICES="1,4") as (model, _):
        answer = model.ask(ASKED["en"])
    assert answer.usage == Usage(1, 2_000, 500, 0.004)
    assert Answer.from_dict(answer.as_dict()) == answer


def test_an_answer_in_a_form_is_read_and_checked_alike(assistant: Assistant) -> None:
    def said(data: str) -> str:
        spot = number_of(data, SPOT)
        return (
            '{"no_answer": false, "statements": ['
            f'{{"text": "{TRUE["en"]}.", "numbers": [{spot}]}}, '
            f'{{"text": "{FALSE["en"]}.", "numbers": [{spot}]}}, '
            f'{{"text": "In 2010 the OSCE was chaired by Kazakhstan.", "numbers": [{spot}]}}]}}'
        )

    with modelled(assistant, said, DAYEK_MODEL_FORM="json") as (model, server):
        answer = model.ask(ASKED["en"])
    keeps_its_word(answer, assistant)
    assert "response_format" in server.asked[0]
    assert answer.removed == 1
    assert "2017" not in answer.answer
    assert answer.engine == "model:openai:m"


def test_a_batch_of_questions_does_not_mix(assistant: Assistant) -> None:
    from assistant import Inquiry

    def said(data: str) -> str:
        language: Language = "kk" if "СҰРАҚ" in data else "ru" if "ВОПРОС" in data else "en"
        return saying(TRUE[language])(data)

    with modelled(assistant, said) as (model, _):
        answers = model.chain.batch([Inquiry(ASKED[one]) for one in LANGUAGES * 2])
    assert [one.plain_text for one in answers] == [f"{TRUE[one]}. [1]" for one in LANGUAGES * 2]


def test_suggestions_are_tried_out_without_the_model(assistant: Assistant) -> None:
    with modelled(assistant, saying(TRUE["kk"])) as (model, server):
        answer = assistant.ask(ASKED["kk"])
        assert model.next_questions(answer, [ASKED["kk"]]) == assistant.next_questions(
            answer, [ASKED["kk"]]
        )
    assert server.asked == []


def test_a_model_set_wrong_is_told_at_the_start() -> None:
    with scripted(lambda number, body: Reply()) as server:
        settings = settings_for(server, DAYEK_MODEL="nonsense:m", DAYEK_MODEL_URL="")
    with pytest.raises(ModelMissing):
        open_writer(settings)


def test_with_no_model_set_nothing_of_this_is_loaded(ready_home: Path) -> None:
    program = (
        "import sys, pathlib, assistant\n"
        f"home = pathlib.Path({str(ready_home)!r})\n"
        "settings = assistant.Settings.from_environment(home=home)\n"
        "made = assistant.assemble(settings)\n"
        "assert made.writer is None\n"
        f"assert made.ask({ASKED['kk']!r}).status == 'answered'\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    modules = set(loaded.stdout.split())
    tops = {name.split(".")[0] for name in modules}
    assert not tops & {"langchain", "langchain_openai", "openai", "tiktoken"}
    assert not any(name.startswith("assistant.support") for name in modules)
