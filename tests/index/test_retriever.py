from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from index.build import build_index
from index.reading import open_index
from index.retriever import DayekRetriever
from index.search import Searcher
from tests.index.small import LetterEmbedder, small_text, work_of
from tests.waiting import awaited

QUESTION = "Еуразиялық одақ қашан келісімге қол қойды?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("retriever")
    work, embedder = work_of(small_text(), folder), LetterEmbedder()
    build_index(work, embedder, folder)
    return Searcher(work, embedder, open_index(work, embedder, folder))


def test_documents_are_the_passages_letter_for_letter_best_first(searcher: Searcher) -> None:
    retriever = DayekRetriever(searcher=searcher, k=4)
    documents = retriever.invoke(QUESTION)
    hits = searcher.search(QUESTION, "kk", 4).hits
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    assert [document.metadata["rank"] for document in documents] == [1, 2, 3, 4]
    for document, hit in zip(documents, hits, strict=True):
        told = document.metadata
        assert document.page_content == searcher.work.text[told["start"] : told["end"]]
        assert told["score"] == hit.score
        assert (told["section"], told["paragraph"]) == (hit.passage.section, hit.passage.paragraph)
        assert (told["table"], told["row"]) == (None, None)


def test_it_is_a_retriever_that_chains_batches_and_awaits(searcher: Searcher) -> None:
    retriever = DayekRetriever(searcher=searcher, k=2)
    assert isinstance(retriever, BaseRetriever)
    alone = retriever.invoke(QUESTION)

    def ids(found: list[Document]) -> list[str | None]:
        return [document.id for document in found]

    chain = retriever | RunnableLambda(ids)
    assert chain.invoke(QUESTION) == [document.id for document in alone]
    assert retriever.batch([QUESTION, QUESTION]) == [alone, alone]
    assert awaited(lambda: retriever.ainvoke(QUESTION)) == alone


def test_the_language_decides_whether_a_question_is_mended(searcher: Searcher) -> None:
    careless = "Еуразиялык одак"
    kazakh = DayekRetriever(searcher=searcher, language="kk", k=3).invoke(careless)
    russian = DayekRetriever(searcher=searcher, language="ru", k=3).invoke(careless)
    scores = [[document.metadata["score"] for document in found] for found in (kazakh, russian)]
    assert scores[0] != scores[1]
