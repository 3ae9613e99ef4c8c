"""Whether a Kazakh statement lets two named ones change places: who gave, and to whom.

Kazakh tells roles by the endings of names, so two names that carry each other's case have changed
places. Across languages roles are told by other means, and nothing is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.support.names import names_in
from assistant.support.reading import Ground, Reading

_CASES = (
    ("from", re.compile(r"(?:нан|нен|дан|ден|тан|тен)$")),
    ("to", re.compile(r"(?:[ғқ]а|[гк]е)$")),
    ("whom", re.compile(r"(?:[ндт][ыі])$")),
)
_OBLIQUE = frozenset({"from", "to", "whom"})


def swapped_roles(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "name", when a name stands in the case of another one and that one in its own."""
    mine = _cases(said)
    for span in ground.spans:
        theirs = _cases(span)
        both = sorted(mine.keys() & theirs.keys())
        for at, one in enumerate(both):
            for other in both[at + 1 :]:
                told, given = {mine[one], mine[other]}, (theirs[one], theirs[other])
                turned = (mine[one], mine[other]) == given[::-1]
                if turned and "who" in told and told & _OBLIQUE:
                    yield "name", True


def _cases(reading: Reading) -> dict[str, str]:
    """Known names by their case: "who" for the bare one; those with several cases are left out."""
    told: dict[str, set[str]] = {}
    if reading.language != "kk":
        return {}
    for word in reading.words:
        for name in names_in(word.written) if word.capital else ():
            bare = word.folded.endswith("стан")
            endings = () if bare else _CASES
            case = next((case for case, ending in endings if ending.search(word.folded)), "who")
            told.setdefault(name, set()).add(case)
    return {name: next(iter(cases)) for name, cases in told.items() if len(cases) == 1}
