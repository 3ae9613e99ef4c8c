"""A small work with every sort of block, and a search of it that runs on letter counts."""

from __future__ import annotations

from pathlib import Path

from index import Search, build_index, open_index
from index.search import Searcher
from sources import Work
from tests.index.small import LetterEmbedder, work_of

TEXT = """КІРІСПЕ

Қазақстан 1991 жылы тәуелсіздік алды. Бұл оқиға бүкіл аймақты өзгертті.

1. БІРІНШІ ТАРАУ

1.1 Бірінші бөлім

Хеджирлеу дегеніміз – тәуекелді бірнеше серіктеске бөлу саясаты [57]. Мұндай саясат *сақ* болады.

Қазақстан бұл сауда ұйымына 2010 жылы мүше болып қабылданды [3-5].

Қазақстан бұл сауда ұйымына 2015 жылы мүше болып қабылданды.

1.2 Екінші бөлім

Ресей теңіз порттарын ұсынады. Қытай теміржол салады. Өзеннің ұзындығы 1 782 км.

Кесте 1- Даму кезеңдері

	Кезең
	Уақыты
	Сипаты

	1-кезең
	1991–1995
	Тану | мойындау [7]

	2-кезең
	1995–2001
	Теңгерім

Келісімге Қ.К. Тоқаев қол қойды, себебі өңірде су тапшы.

Негізгі бағыттар мынадай [9]:
- сауда;
- су;
- көлік.

ҚОРЫТЫНДЫ

Зерттеу мақсатына жетті.
"""


def small_work(folder: Path, text: str = TEXT) -> Work:
    return work_of(text, folder)


def searcher_of(work: Work, folder: Path) -> Searcher:
    """A search over a real store; it closes with the process."""
    embedder = LetterEmbedder()
    build_index(work, embedder, folder)
    return Searcher(work, embedder, open_index(work, embedder, folder))


def nothing_found(question: str) -> Search:
    """What a search says that found nothing."""
    return Search(question, (), {}, {}, 1.0, (), {})


def sentence_with(work: Work, words: str) -> int:
    """Place of the first sentence that has some words."""
    return next(
        place
        for place, sentence in enumerate(work.sentences)
        if words in work.text[sentence.start : sentence.end]
    )
