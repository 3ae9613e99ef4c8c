from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.keeping import FILE, Shelf


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / FILE


@pytest.fixture
def shelf(path: Path) -> Iterator[Shelf]:
    with Shelf(path) as opened:
        yield opened
