"""What a model wrote as the little Markdown of an answer: bold words and nothing else.

A model that is led astray writes pictures that are fetched from another host, links that look like
the work's, tags, markers of its own. None of that may pass, on any surface that shows Markdown; the
words may.
"""

from __future__ import annotations

import re
import unicodedata

LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\bjavascript:|\bdata:\w+/)\S*", re.I)
"""An address of something outside the work, as other programs make links of it."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\bjavascript:|\bdata:(?=\w+/)", re.I)
_PICTURE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_REFERENCE_LINK = re.compile(r"!?\[([^\[\]]+)\]\s?\[[^\[\]\d][^\[\]]*\]")
_TAG = re.compile(r"</?[a-z!][^<>]{0,500}>", re.I)
_ENTITY = re.compile(r"&(?=#?\w{1,12};)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_SPECIAL = re.compile(r"([\\*\[\]`_])")
_MORE_STARS = re.compile(r"\*{3,}")
_SLANTED = re.compile(r"(?<!\*)\*(?!\*)([^*]*)(?<!\*)\*(?!\*)")
_LAYOUT = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*)+")


def plain(text: str) -> str:
    """Words on one line: no tags, links, pictures, escapes or unseen letters; bold marks stay."""
    text = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp", "Cs", "Co") else one
        for one in text
        if unicodedata.category(one) != "Cf"
    )
    text = _LAYOUT.sub("", _ESCAPE.sub(r"\1", text))
    for pattern in (_PICTURE_OR_LINK, _REFERENCE_LINK):
        text = pattern.sub(r"\1", text)
    text = _TAG.sub("", text).translate(str.maketrans("<>", "‹›"))
    text = _SCHEME.sub("", _ENTITY.sub("& ", text))
    text = _SLANTED.sub(r"\1", _MORE_STARS.sub("**", text.replace("__", "**"))).replace("`", "")
    return re.sub(r"\s+", " ", text).strip()


def bare(text: str) -> str:
    """Plain words without their bold marks, as they are compared with the text."""
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()


def escaped(words: str) -> str:
    """Words as Markdown that reads as nothing else: the author's own `[57]` is no marker of ours.

    A `|` stays: only in a table, or at the beginning of a line, does it mean anything.
    """
    return _SPECIAL.sub(r"\\\1", words)


def marked_up(text: str) -> str:
    """Plain words as Markdown in which only their bold words are bold."""
    parts = text.split("**")
    if len(parts) % 2 == 0:  # a mark without its fellow
        parts = ["".join(parts)]
    return "**".join(escaped(part).replace("|", r"\|") for part in parts)
