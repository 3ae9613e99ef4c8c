"""The search as a LangChain retriever, so that it drops into anybody's LangChain program."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Searcher


class DayekRetriever(BaseRetriever):
    """Passages of one work, best first, as LangChain documents.

    The text of each is the passage letter for letter; its metadata holds the address (`start`,
    `end`, `section`, `paragraph`, `table`, `row`), `rank` and `score`.

    Attributes:
        searcher: The search.
        language: Language of the questions.
        k: How many passages.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    language: str = "kk"
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        text = self.searcher.work.text
        found = self.searcher.search(query, self.language, self.k)
        return [
            LangChainDocument(
                id=hit.passage.id,
                page_content=text[hit.passage.start : hit.passage.end],
                metadata={
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "section": hit.passage.section,
                    "paragraph": hit.passage.paragraph,
                    "table": hit.passage.table,
                    "row": hit.passage.row,
                    "rank": hit.rank,
                    "score": hit.score,
                },
            )
            for hit in found.hits
        ]
