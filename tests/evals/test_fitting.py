"""Learning on a small work of the user's, with the real model; the parts are tested in `index`."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np
import pytest

from assistant import (
    FEATURES,
    SIGNS,
    WEIGHTS,
    Asked,
    Settings,
    assemble,
    candidates,
    understand,
    weigh,
)
from assistant import signs as signs_of
from assistant.weights import Linear
from evals import NothingToLearnFrom, fit_weights, tune
from evals.fitting import held_out, silent_questions
from index import (
    WHOLE,
    Embedder,
    Hidden,
    IndexMissing,
    Search,
    Searcher,
    adapter_path,
    build_index,
    read_adapter,
    read_tower,
    tower_path,
    write_adapter,
    write_tower,
)
from sources import Span, Work, WrittenQuestion, open_work, question_line
from tests.evals.cases import case

# A sentence, the one beside it, and three questions that the first answers.
TOLD = (
    (
        "Астық жинау тамыз айында басталады.",
        "Комбайндар таңнан кешке дейін тоқтамайды.",
        ("Егін қашан орылады?", "Когда убирают урожай?", "When is the grain harvested?"),
    ),
    (
        "Қаладағы ең биік мұнараны сәулетші Омаров салды.",
        "Оның басынан теңіз көрінеді.",
        ("Мұнараны кім тұрғызды?", "Кто построил башню?", "Who built the tower?"),
    ),
    (
        "Көпірдің ұзындығы 640 метр.",
        "Ол екі ауылды жалғайды.",
        ("Көпір неше метр?", "Какова длина моста?", "How long is the bridge?"),
    ),
    (
        "Мектепте 312 бала оқиды.",
        "Сабақ сағат сегізде басталады.",
        ("Қанша оқушы бар?", "Сколько детей учится в школе?", "How many pupils are there?"),
    ),
    (
        "Балықшылар қыста мұз үстінде аулайды.",
        "Тор жаздан қалады.",
        ("Балық қалай ұсталады?", "Как ловят рыбу зимой?", "How do they fish in winter?"),
    ),
    (
        "Кітапхана өртенген соң жаңадан ашылды, себебі қолжазбалар сақталған еді.",
        "Оқырмандар көп.",
        (
            "Кітапхана неге қайта ашылды?",
            "Почему открыли библиотеку?",
            "Why did the library reopen?",
        ),
    ),
    (
        "Дәрігерлер ауруды судан тапты.",
        "Құдықтар жабылды.",
        ("Дерт қайдан шықты?", "Откуда взялась болезнь?", "Where did the illness come from?"),
    ),
    (
        "Театр – халықтың айнасы деген ұғым содан қалған.",
        "Сахна ағаштан жасалған.",
        ("Театр дегеніміз не?", "Что такое театр?", "What is the theatre called?"),
    ),
    (
        "Жылқы базары сенбі күні болады.",
        "Саудагерлер алыстан келеді.",
        ("Ат қай күні сатылады?", "В какой день продают лошадей?", "On which day are horses sold?"),
    ),
    (
        "Қар тауда маусымға дейін жатады.",
        "Өзен сол кезде тасиды.",
        ("Қар қашан ериді?", "До какого месяца лежит снег?", "How long does the snow stay?"),
    ),
    (
        "Пойыз бекетке түнде жетеді.",
        "Жолаушылар ұйықтап жатады.",
        ("Поезд қашан келеді?", "Когда приходит поезд?", "When does the train arrive?"),
    ),
    (
        "Алма ағашын алғаш Сәбит отырғызды.",
        "Бақ содан бері өсіп тұр.",
        ("Бақты кім екті?", "Кто посадил яблони?", "Who planted the apple trees?"),
    ),
    (
        "Тас көмір 1936 жылы табылды.",
        "Шахта ол кезде таяз еді.",
        ("Көмір қай жылы ашылды?", "В каком году нашли уголь?", "When was coal discovered?"),
    ),
    (
        "Ұшақ әуежайға тұманнан қона алмады.",
        "Ұшқыш кері бұрылды.",
        ("Ұшақ неге қонбады?", "Почему самолёт не сел?", "Why could the plane not land?"),
    ),
)
LANGUAGES = ("kk", "ru", "en")
ASKED = [question for _, _, questions in TOLD for question in questions]
OFF_TOPIC = (
    "Блокчейн қалай жұмыс істейді?",
    "Кто выиграл чемпионат мира по футболу?",
    "What is the boiling point of mercury?",
)

Found = tuple[Asked, Search]


def write(folder: Path, *, questions: bool) -> Path:
    """A text of as many passages as there are things told, and questions beside it."""
    parts = [f"1.{at} Бөлім {at}\n\n{one} {other}\n" for at, (one, other, _) in enumerate(TOLD, 1)]
    path = folder / "town.txt"
    path.write_text("\n".join(["1. ТАРАУ\n", *parts]), encoding="utf-8")
    work = open_work(path)
    if questions:
        beside = work.card.questions_file
        beside.write_text("\n".join(lines_of(work.text)) + "\n", encoding="utf-8")
    return path


def lines_of(text: str) -> list[str]:
    lines = []
    for answer, _, asked in TOLD:
        start = text.index(answer)
        place = Span(start, start + len(answer))
        for question, language in zip(asked, LANGUAGES, strict=True):
            lines.append(question_line(WrittenQuestion(question, language, place), text))
    return lines


def settings_for(folder: Path, models: Path, *, questions: bool) -> Settings:
    home = folder / "home"
    home.mkdir()
    (home / "models").symlink_to(models, target_is_directory=True)
    return Settings.from_environment(source=str(write(folder, questions=questions)), home=home)


@pytest.fixture(scope="module")
def models(data_home: Path, bundled_embedder: Embedder) -> Path:
    bundled_embedder.prepare()
    return data_home / "models"


@dataclass(frozen=True)
class Learned:
    """A work before and after everything was learned."""

    settings: Settings
    work: Work
    adapter: Path
    tower: Path
    tuning: list[tuple[str, int, int]]
    before: Searcher
    after: Searcher
    told: dict[str, dict[str, float]]
    weights: Path
    fitting: list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def learned(
    tmp_path_factory: pytest.TempPathFactory, models: Path, bundled_embedder: Embedder
) -> Learned:
    folder = tmp_path_factory.mktemp("fitting")
    settings = settings_for(folder, models, questions=True)
    work = open_work(settings.source)
    build_index(work, bundled_embedder, settings.home)
    before = assemble(settings).searcher
    tuning: list[tuple[str, int, int]] = []
    adapter, tower = tune(settings, progress=lambda *told: tuning.append(told))
    after = assemble(settings).searcher
    fitting: list[tuple[str, int, int]] = []
    weights = folder / "weights.json"
    told = fit_weights(
        settings,
        (),
        silent=silent_questions()[:20],
        progress=lambda *told: fitting.append(told),
        path=weights,
    )
    return Learned(settings, work, adapter, tower, tuning, before, after, told, weights, fitting)


def test_the_work_is_read_as_it_was_meant(learned: Learned) -> None:
    assert len(learned.work.passages) == len(TOLD)
    assert len(learned.work.questions) == 3 * len(TOLD)
    for one in learned.work.questions:
        assert len(learned.work.sentences_in(one.answer)) == 1


def test_tuning_writes_an_adapter_for_the_work_and_the_embedder(
    learned: Learned, bundled_embedder: Embedder
) -> None:
    assert learned.adapter == adapter_path(learned.work, learned.settings.home)
    adapter = read_adapter(learned.adapter, bundled_embedder.fingerprint)
    assert adapter
    assert np.any(adapter.matrix)
    assert learned.tower == tower_path(learned.work, learned.settings.home)
    assert read_tower(learned.tower, bundled_embedder.fingerprint)
    stages = [stage for stage, _, _ in learned.tuning]
    assert list(dict.fromkeys(stages)) == ["learning", "learning the tower"]
    for stage in dict.fromkeys(stages):
        told = [(done, total) for one, done, total in learned.tuning if one == stage]
        assert told == [(done, len(told)) for done in range(1, len(told) + 1)]


def ahead(searcher: Searcher) -> float:
    """How far the answering sentence is ahead of the nearest other one, in cosine, on average."""
    margins = []
    for number, one in enumerate(searcher.work.questions):
        search = searcher.search(one.text, one.language, hidden=hidden(number))
        (right,) = searcher.work.sentences_in(one.answer)
        others = [cosine for at, cosine in search.sentences.items() if at != right]
        margins.append(search.sentences[right] - max(others))
    return float(np.mean(margins))


def hidden(number: int) -> Hidden:
    return Hidden(frozenset((number,)))


def test_after_tuning_the_assistant_searches_nearer_to_the_answers(learned: Learned) -> None:
    mapped = learned.after.following(replace(WHOLE, tower=False))
    assert ahead(learned.after) > ahead(learned.before)
    assert ahead(mapped) > ahead(learned.before)
    # That is their doing and nothing else's.
    plain = learned.after.following(replace(WHOLE, adapter=False))
    assert ahead(plain) == pytest.approx(ahead(learned.before))


def test_an_adapter_of_another_embedder_is_not_used(
    learned: Learned, bundled_embedder: Embedder
) -> None:
    question = TOLD[0][2][1]
    adapter = read_adapter(learned.adapter, bundled_embedder.fingerprint)
    assert adapter
    tower = read_tower(learned.tower, bundled_embedder.fingerprint)
    assert tower
    try:
        write_adapter(adapter, learned.adapter, "another")
        write_tower(tower, learned.tower, "another")
        stale = assemble(learned.settings).searcher
    finally:
        write_adapter(adapter, learned.adapter, bundled_embedder.fingerprint)
        write_tower(tower, learned.tower, bundled_embedder.fingerprint)
    assert stale.search(question, "ru") == learned.before.search(question, "ru")
    assert stale.search(question, "ru") != learned.after.search(question, "ru")


def test_fitting_writes_what_it_learned_and_only_there(learned: Learned) -> None:
    assert json.loads(learned.weights.read_text(encoding="utf-8")) == learned.told
    assert learned.told.keys() == {"evidence", "confidence"}
    assert learned.told["evidence"].keys() == set(FEATURES)
    assert learned.told["confidence"].keys() == {*SIGNS, "bias"}
    for weights in learned.told.values():
        assert all(math.isfinite(weight) for weight in weights.values())
        assert any(weights.values())
    assert json.loads(WEIGHTS.read_text(encoding="utf-8")) != learned.told


def test_every_question_held_out_is_searched_once(learned: Learned) -> None:
    count = len(held_out(learned.work))
    assert count == len(learned.work.questions) // 5
    assert learned.fitting == [("searching", done, count) for done in range(1, count + 1)]


def searched(searcher: Searcher, question: str, hidden: Hidden | None = None) -> Found:
    asked = understand(question, searcher.vocabulary)
    return asked, searcher.search(asked.text, asked.language, hidden=hidden)


def test_the_learned_weights_put_the_answering_sentence_first(learned: Learned) -> None:
    searcher, first = learned.after, 0
    for number, written in enumerate(searcher.work.questions):
        asked, search = searched(searcher, written.text, hidden(number))
        linear = Linear.from_dict(learned.told["evidence"], FEATURES)
        found = candidates(searcher.work, search, asked)
        best = max(found, key=lambda one: linear.score(one.features))
        first += best.sentence in searcher.work.sentences_in(written.answer)
    assert first > 0.8 * len(searcher.work.questions)


def sure(learned: Learned, told: dict[str, dict[str, float]], questions: Sequence[str]) -> float:
    """The mean log odds that some questions are answered, by learned weights."""
    linear = Linear.from_dict(told["confidence"], SIGNS)
    searcher, chances = learned.after, []
    for question in questions:
        asked, search = searched(searcher, question)
        evidence = weigh(searcher.work, search, asked)
        chance = linear.probability(signs_of(searcher.work, search, evidence, asked))
        chance = min(max(chance, 1e-9), 1 - 1e-9)
        chances.append(log(chance / (1 - chance)))
    return float(np.mean(chances))


def test_the_learned_confidence_tells_what_is_answered_from_what_is_not(learned: Learned) -> None:
    answered = sure(learned, learned.told, ASKED)
    assert answered > sure(learned, learned.told, silent_questions()[:60]) + 1
    assert answered > sure(learned, learned.told, OFF_TOPIC) + 1


def test_development_questions_that_nothing_answers_teach_doubt(
    learned: Learned, tmp_path: Path
) -> None:
    dev = [
        case(f"c{number}", kind="unanswerable", evidence=(), key_facts=(), question=question)
        for number, question in enumerate(ASKED)
    ]
    told = fit_weights(
        learned.settings, dev, silent=silent_questions()[:20], path=tmp_path / "weights.json"
    )
    assert sure(learned, told, ASKED) < sure(learned, learned.told, ASKED) - 0.1
    # What nothing answers says nothing of what a sentence is worth.
    assert told["evidence"] == learned.told["evidence"]


@pytest.mark.parametrize("lines", [(), ("", '{"question": "Ол кім?", "near": 5}', " ")])
def test_silent_questions_are_read_in_their_order(tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = tmp_path / "silent.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert silent_questions(path) == (("Ол кім?",) if lines else ())


def test_the_silent_questions_are_many_and_none_is_asked_twice() -> None:
    questions = silent_questions()
    assert len(set(questions)) == len(questions) > 50


def test_without_questions_there_is_nothing_to_learn_from(
    tmp_path: Path, models: Path, bundled_embedder: Embedder
) -> None:
    settings = settings_for(tmp_path, models, questions=False)
    weights = tmp_path / "weights.json"
    with pytest.raises(IndexMissing, match="dayek index build"):
        tune(settings)
    work = open_work(settings.source)
    build_index(work, bundled_embedder, settings.home)
    with pytest.raises(NothingToLearnFrom, match="dayek enrich"):
        tune(settings)
    with pytest.raises(NothingToLearnFrom, match="dayek enrich"):
        fit_weights(settings, (), path=weights)
    assert not adapter_path(work, settings.home).exists()
    assert not tower_path(work, settings.home).exists()
    assert not weights.exists()
