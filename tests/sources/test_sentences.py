from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from sources import POINTS_BACK, Span, Work, split_sentences
from tests.sources.made_up import DATA, MANY, letters

STRETCHES = [
    json.loads(line) for line in (DATA / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def by_hand(text: str, stretch: dict[str, Any]) -> set[int]:
    """Where the sentences of a hand-divided stretch begin, but the first."""
    begins: set[int] = set()
    at = stretch["start"]
    for sentence in stretch["sentences"]:
        at = text.index(sentence, at, stretch["end"])
        begins.add(at)
        at += len(sentence)
    return begins - {min(begins)}


def test_the_hand_divided_stretches_are_found_again(work: Work) -> None:
    cut = {sentence.start for sentence in work.sentences}
    cut |= {block.start for block in work.outline.blocks if block.kind == "heading"}
    hand: set[int] = set()
    ours: set[int] = set()
    for stretch in STRETCHES:
        known = by_hand(work.text, stretch)
        first = work.text.index(stretch["sentences"][0], stretch["start"])
        hand |= known
        ours |= {at for at in cut if first < at < stretch["end"]}
    assert len(hand) > 600
    missed, false = hand - ours, ours - hand
    assert len(missed) <= 0.01 * len(hand), [work.text[at - 30 : at + 30] for at in missed]
    assert len(false) <= 0.01 * len(ours), [work.text[at - 30 : at + 30] for at in false]


@MANY
@given(letters)
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    spans = split_sentences(text)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


@MANY
@given(letters)
def test_a_stretch_is_divided_as_if_it_were_alone(text: str) -> None:
    before, after = "Бірінші сөйлем. ", "\nКелесі."
    inside = split_sentences(before + text + after, len(before), len(before) + len(text))
    alone = split_sentences(text)
    assert inside == tuple(Span(s.start + len(before), s.end + len(before)) for s in alone)


@pytest.mark.parametrize(
    "text",
    [
        "Н.Ә. Назарбаев бұл туралы айтты.",
        "Қ.-Ж. Тоқаев пен Дж. Буш кездесті.",
        "Уальтс.К. еңбегін атаған жөн.",
        "Коен. Р. мен Кули .А. зерттеді.",
        "Тренин .Д [46] атап өтті.",
        "2019 ж. Қазақстан қол қойды.",
        "Сауда 41.9 пайызға өсті.",
        "Елдер (Ресей, Қытай және т.б.) Тәжікстанға келді.",
        "19.03.2019 күні шешім қабылданды.",
        "Құны 264 млрд. АҚШ долларын құрады.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Келісім күшіне енді.", "Қазақстан қол қойды."),
        ("Қазақстан бұған қатысты және т.б.", "Қытай келіспеді."),
        ("Бұл солай ма?", "Иә!", "Әрине…", "Солай."),
        ("Олар келді [57].", "Содан соң кетті."),
        ("Олар келді. [3-5]", "Содан соң кетті."),
        ("Ол «келемін.»", "Сосын келді."),
        ("Бұл қадам шешім .", "Келесісі басқа."),
    ],
)
def test_sentences_are_parted(parts: tuple[str, ...]) -> None:
    assert pieces(" ".join(parts)) == list(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("Келісім жасалды етті.", "1992 жылы аяқталды."),
        ("Олар келді [2].", "Қазақстанның рөлі өсті."),
        ("Күш береді.", "Зерттеудің мәні зор."),
        ("Әлеуеті зор .", '"Қытай векторы" маңызды.'),
    ],
)
def test_glued_sentences_are_parted(parts: tuple[str, ...]) -> None:
    assert pieces("".join(parts)) == list(parts)


def test_white_space_has_no_sentences() -> None:
    assert split_sentences(" \t\u00a0\n") == split_sentences("") == ()


def test_a_long_run_of_spaces_takes_no_longer_than_its_length() -> None:
    text = "Бірінші" + " " * 300_000 + "сөз. Екінші."
    assert len(split_sentences(text)) == 2


def test_what_points_back_is_a_whole_word() -> None:
    assert POINTS_BACK.match("Олардың ерекшелігі")
    assert not POINTS_BACK.match("Олжас келді")


def test_references_of_sentences_are_theirs(work: Work) -> None:
    told = {reference for sentence in work.sentences for reference in sentence.references}
    assert {"57", "3-5", "9–14"} <= told
    for sentence in work.sentences:
        for reference in sentence.references:
            assert reference in work.text[sentence.start : sentence.end]
