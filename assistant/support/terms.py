"""The tables of terms, read once: which word belongs to which concept, pole, month or number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_SHORTEST = 2


class Terms:
    """A table of terms: keys, and the words that mean them.

    A word stands for every word that begins with it, "=" before it for itself only, and words
    joined by "_" for a phrase, each of whose words is a beginning.

    Args:
        table: Words, parted by spaces, by key.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._begins: dict[str, list[str]] = {}
        self._phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for key, words in table.items():
            for word in words.split():
                if "_" in word:
                    parts = tuple(part for part in word.removeprefix("=").split("_") if part)
                    self._phrases.setdefault(parts[0], []).append((key, parts))
                elif word.startswith("="):
                    self._whole.setdefault(word[1:], []).append(key)
                else:
                    self._begins.setdefault(word, []).append(key)
        self._longest = max(map(len, (*self._begins, *self._phrases)), default=0)
        self.of = lru_cache(maxsize=1 << 14)(self._of)
        self._phrases_from = lru_cache(maxsize=1 << 14)(self._phrases_at)

    def _of(self, folded: str) -> frozenset[str]:
        found = set(self._whole.get(folded, ()))
        for length in range(_SHORTEST, min(len(folded), self._longest) + 1):
            found.update(self._begins.get(folded[:length], ()))
        return frozenset(found)

    def _phrases_at(self, folded: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            phrase
            for length in range(1, min(len(folded), self._longest) + 1)
            for phrase in self._phrases.get(folded[:length], ())
        )

    def phrases(self, words: Iterable[str]) -> list[tuple[int, int, str]]:
        """Where phrases stand among folded words: first, one past the last, key."""
        line = list(words)
        return [
            (at, at + len(parts), key)
            for at, word in enumerate(line)
            for key, parts in self._phrases_from(word)
            if len(line) >= at + len(parts)
            and all(map(str.startswith, line[at : at + len(parts)], parts))
        ]

    def placed(self, words: Iterable[str]) -> list[frozenset[str]]:
        """The keys of each of some folded words, those of phrases that it is part of included."""
        line = list(words)
        found = [set(self.of(word)) for word in line]
        for start, end, key in self.phrases(line):
            for at in range(start, end):
                found[at].add(key)
        return [frozenset(keys) for keys in found]


@cache
def terms() -> dict[str, Any]:
    """The tables of terms.toml."""
    return _read("terms.toml")


@cache
def glossary() -> Terms:
    """Concepts by the words of three languages."""
    return Terms(_read("glossary.toml")["words"])


@cache
def more_names() -> Terms:
    """Places, peoples and bodies that the table of names does not know."""
    return Terms(_read("glossary.toml")["names"])


def _read(name: str) -> dict[str, Any]:
    with (Path(__file__).parent / name).open("rb") as file:
        return tomllib.load(file)
