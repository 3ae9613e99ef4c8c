"""What a fresh clone relies on: the lock, the packages, the versions, the papers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tests.layers import FOLDERS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PINNED = {
    canonicalize_name(name): version for name, _, version in (x.partition("==") for x in LOCK)
}


def test_the_lock_holds_names_and_versions_and_nothing_else() -> None:
    for line in LOCK:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.!]*", line), line
    assert len(PINNED) == len(LOCK)


def test_what_is_installed_without_its_requirements_is_pinned_and_needed_by_nothing() -> None:
    lines = (ROOT / "requirements-nodeps.lock").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if not line.startswith("#")]
    assert told
    for line in told:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line), line
        assert canonicalize_name(line.partition("==")[0]) not in PINNED
        assert metadata.version(line.partition("==")[0]) == line.partition("==")[2]


def test_torch_is_the_one_without_cuda() -> None:
    assert PINNED[canonicalize_name("torch")] == "2.13.0"
    assert not [name for name in PINNED if "nvidia" in name or "cuda" in name or name == "triton"]


def test_the_lock_keeps_every_bound_of_the_project() -> None:
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(PINNED[canonicalize_name(requirement.name)])


def test_what_the_environment_needs_is_in_the_lock() -> None:
    """Walks from the project through what each package requires, here and now."""
    wanted = [Requirement(text) for text in metadata.requires("dayek") or []]
    waiting = [one for one in wanted if not one.marker or one.marker.evaluate({"extra": "dev"})]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in PINNED, f"{name} is not in requirements.lock: run make lock"
        key = f"{name}[{','.join(sorted(requirement.extras))}]"
        if key in seen:
            continue
        seen.add(key)
        for text in metadata.requires(name) or []:
            further = Requirement(text)
            extras = requirement.extras or {""}
            if not further.marker or any(further.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(further)
    assert len(seen) > 100


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == PROJECT["version"]


def test_the_first_screen_of_the_readme_has_both_commands() -> None:
    screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40]
    assert any("make serve" in line for line in screen)
    assert any("make test" in line for line in screen)


def test_a_package_carries_the_work_the_questions_and_the_page(tmp_path: Path) -> None:
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder)
    subprocess.run(
        [*wheel, "--wheel-dir", tmp_path, copy],
        check=True,
        capture_output=True,
        env=os.environ | {"PIP_NO_INDEX": "1"},
    )
    (made,) = tmp_path.glob("dayek-*.whl")
    packed = set(zipfile.ZipFile(made).namelist())
    ours = {
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert ours <= packed
    assert "sources/library/multivector/dissertation.txt" in packed


def test_the_notice_keeps_the_text_out_of_the_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "dissertation.txt" in notice
    assert "NOT under the Apache License" in " ".join(notice.split())
