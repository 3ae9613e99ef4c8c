"""The arrows between folders, the doors, and where foreign libraries are named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.layers import ADAPTERS, FOLDERS, environment_readers, problems

ROOT = Path(__file__).parents[1]
WRONG: dict[str, dict[str, str]] = tomllib.loads(
    (ROOT / "tests" / "data" / "wrong_imports.toml").read_text(encoding="utf-8")
)


def tree(root: Path, files: dict[str, str]) -> Path:
    """Write a small project: relative path -> source."""
    for name, source in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return root


def test_this_project_keeps_its_shape() -> None:
    assert problems(ROOT) == []


def test_every_folder_is_there_and_was_read() -> None:
    for folder in FOLDERS:
        assert (ROOT / folder / "__init__.py").is_file()
        assert len(list((ROOT / folder).glob("*.py"))) > 1


def test_only_the_settings_read_the_environment() -> None:
    assert set(environment_readers(ROOT)) == {"assistant/settings.py"}


def test_every_adapted_library_is_a_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = declared["project"]["optional-dependencies"]
    named = [
        *declared["project"]["dependencies"],
        *(one for each in extras.values() for one in each),
    ]
    names = " ".join(named).replace("-", "_")
    missing = [library for library in ADAPTERS if library not in names]
    assert missing == []


READINGS = ("os.getenv('A')", "os.environ.get('A')", "os.environ['A']", "{**os.environ}")

SOUND = {
    "sources/__init__.py": (
        '"""Door."""\n\nfrom sources.letters import fold\n\n__all__ = ["fold"]\n'
    ),
    "sources/letters.py": "import re\n\ndef fold(text: str) -> str:\n    return text.lower()\n",
    "sources/outline.py": "from sources import tables\nfrom sources.letters import fold\n",
    "sources/tables.py": "",
    "index/__init__.py": "from index.collection import Store\n\n__all__ = ('Store',)\n",
    "index/collection.py": "import chromadb\n\nfrom sources import fold\n\nclass Store: ...\n",
    "index/words.py": "import numpy as np\n\nfrom sources import fold\n",
    "assistant/__init__.py": "",
    "assistant/chain.py": "import langchain_core.runnables\n\nfrom index import Store\n",
    "evals/__init__.py": "",
    "evals/run.py": "import assistant\nfrom index import Store\nfrom sources import fold\n",
    "ui/__init__.py": "",
    "ui/app.py": "import gradio as gr\n\nfrom assistant import ask\n",
    "ui/terminal.py": (
        "import typer\n\ndef run():\n    from evals import evaluate\n    from index import Store\n"
    ),
}


def test_a_sound_tree_passes(tmp_path: Path) -> None:
    assert problems(tree(tmp_path, SOUND)) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_tree_is_caught(tmp_path: Path, name: str) -> None:
    wrong = WRONG[name]
    found = problems(tree(tmp_path, SOUND | {wrong["file"]: wrong["source"]}))
    assert len(found) == 1
    assert wrong["said"] in found[0]


def test_a_door_may_give_out_a_name_that_is_also_a_modules(tmp_path: Path) -> None:
    named = {
        "index/__init__.py": "from index.words import words\n",
        "index/words.py": "def words() -> None: ...\n",
        "evals/run.py": "from index import words\n",
    }
    assert problems(tree(tmp_path, SOUND | named)) == []


def test_a_ring_for_types_only_or_inside_a_function_is_none(tmp_path: Path) -> None:
    later = "def fold():\n    from sources.outline import x\n"
    typed = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from sources.outline import x\n"
    )
    for source in (later, typed):
        assert problems(tree(tmp_path, SOUND | {"sources/letters.py": source})) == []


@pytest.mark.parametrize("reading", READINGS)
def test_a_reader_of_the_environment_is_found(tmp_path: Path, reading: str) -> None:
    root = tree(tmp_path, {"index/bad.py": f"import os\nprint({reading})\n"})
    assert environment_readers(root) == {"index/bad.py": 2}


def test_setting_a_variable_is_not_reading_one(tmp_path: Path) -> None:
    source = "import os\nos.environ['HF_HUB_OFFLINE'] = '1'\nos.environ.setdefault('A', 'b')\n"
    assert environment_readers(tree(tmp_path, {"index/quiet.py": source})) == {}
