"""Reads the markup of the reader again: which words it shows, and what they are said to be."""

from __future__ import annotations

from html.parser import HTMLParser


class Shown(HTMLParser):
    """What some markup shows.

    Attributes:
        pieces: Offset and words of every element that knows its address, in order.
        links: Every address that a link leads to, in order.
        marked: The words of each class of mark, put together.
    """

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.pieces: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.marked: dict[str, str] = {}
        self.tags: set[str] = set()
        self._open: list[tuple[str, str | None, str]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(tag)
        if tag == "a" and known.get("href"):
            self.links.append(str(known["href"]))
        if tag in ("input", "br"):
            return
        start = known.get("data-start")
        if start is not None:
            self.pieces.append((int(start), ""))
        name = str(known.get("class") or "") if tag in ("mark", "span") else ""
        self._open.append((tag, start, name))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "elements are not nested"

    def handle_data(self, data: str) -> None:
        if any(start is not None for _, start, _ in self._open):
            start, words = self.pieces[-1]
            self.pieces[-1] = (start, words + data)
        for name in {each for _, _, classes in self._open for each in classes.split()}:
            self.marked[name] = self.marked.get(name, "") + data
