"""Made-up texts for tests: small ones by hand, and strategies for any number of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sources import Document, Work, open_work

DATA = Path(__file__).parents[1] / "data"

FEW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""For properties that cut a whole text: the same examples on every run, none timed."""

MANY = settings(FEW, max_examples=150)
"""For properties of a single word or line."""

# What trips a folder of letters or a splitter, thick on the ground; anything else now and then.
TRICKY = "аәбйқхіАӘБХІacehioprxyACEHIOPRXYƏəİıÇёЁŞςΣßǰK\u0306\u0307\u0308\u0316\u030c\u00ad\u00a0 \t.!?…,;:-–«»\"'’()[]159"  # noqa: E501
letters = st.one_of(
    st.text(st.sampled_from(TRICKY), max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)

_WORDS = "Қазақстан саясат мемлекет 1992 жылы Н.Ә. Назарбаев т.б. ж. [57] елдер ӘЛЕМ Бұл".split()
_SENTENCE = st.builds(
    lambda words, stop: " ".join(words) + stop,
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30),
    st.sampled_from([".", ".", "!", "?", "", ":", ";", " .", "..", ". [3-5]"]),
)
_LINE = st.one_of(
    st.builds(" ".join, st.lists(_SENTENCE, max_size=8)),
    st.builds("\t\t".join, st.lists(_SENTENCE, min_size=2, max_size=3)),
    st.builds("· {}".format, _SENTENCE),
    st.builds("Олардың {}:".format, _SENTENCE),
    st.builds("Ресей: {}".format, _SENTENCE),
    st.sampled_from(
        ["КІРІСПЕ", "1 БІРІНШІ ТАРАУ", "1.1 Бөлім", "1.2 Бөлім", "ҚОРЫТЫНДЫ", "", "", " ", "\u3000"]
    ),
    st.sampled_from(
        ["Кесте 1- Аты\n\tА\n\tБ\n\n\tа\n\tб", "\t№\n\tБ\n\n\t1\n\tб\n\n\t2\n\tв", "\t\t", "\ufeff"]
    ),
    letters,
)
texts = st.builds(
    lambda lines, newline: newline.join(lines),
    st.lists(_LINE, min_size=1, max_size=25),
    st.sampled_from(["\n", "\n", "\r\n"]),
).filter(lambda text: any(letter.isalnum() for letter in text) and "\0" not in text)


def document(text: str) -> Document:
    return Document.of(text.encode())


def work_of(text: str, folder: Path) -> Work:
    """A work of a user's own file."""
    path = folder / "text.txt"
    path.write_bytes(text.encode())
    return open_work(path)


def data(name: str) -> Any:
    """A hand-made file of `tests/data`."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def spaceless(text: str) -> str:
    return "".join(text.replace("\ufeff", "").split())
