"""Every setting, with its unit, its default and the reason for it.

The only reader of the environment: folders below get plain arguments. Read once at the start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from platformdirs import user_data_path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """How one assistant is put together.

    Attributes:
        source: Work to ask: a name in the library or the path of a text file; None means the
            dissertation. `DAYEK_SOURCE`.
        home: Data folder: models and indexes. `DAYEK_HOME`; by default `.dayek` in a checkout,
            so that a clone keeps to itself and `make clean` removes everything, else the user's
            data folder.
        embedder: "bundled", "path:FOLDER" or "hub:MODEL_ID". `DAYEK_EMBEDDER`. The bundled one
            is the best that can be had without a hub.
        chroma: Address of a Chroma server, None for the embedded store. `DAYEK_CHROMA`.
        threads: Processor threads of the embedder. `DAYEK_THREADS`; two, where a question takes
            half the time it takes on one.
        model: Language model as "provider:name", or the bare name that the server at `model_url`
            knows; None, the default, works without one. `DAYEK_MODEL`.
        model_url: Base address of a server that speaks OpenAI's protocol, with its /v1; None means
            the provider's own. `DAYEK_MODEL_URL`.
        model_key: Key for the model; None leaves it to the provider's own variable, and none is
            sent to `model_url`. `DAYEK_MODEL_KEY`. Never shown, never recorded.
    """

    source: str | None
    home: Path
    embedder: str = "bundled"
    chroma: str | None = None
    threads: int = 2
    model: str | None = None
    model_url: str | None = None
    model_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(
        cls,
        source: str | None = None,
        home: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Settings:
        """Settings from the environment; arguments that are given win.

        Args:
            source: As `--source`; None leaves it to the environment.
            home: As `--home`; None likewise.
            environment: Where the variables are looked up.
        """
        named = environment.get("DAYEK_HOME")
        threads = environment.get("DAYEK_THREADS", "")
        return cls(
            source=source or environment.get("DAYEK_SOURCE") or None,
            home=(home or (Path(named) if named else default_home())).expanduser().absolute(),
            embedder=environment.get("DAYEK_EMBEDDER") or "bundled",
            chroma=environment.get("DAYEK_CHROMA") or None,
            threads=int(threads) if threads.isdigit() and int(threads) > 0 else 2,
            model=environment.get("DAYEK_MODEL", "").strip() or None,
            model_url=environment.get("DAYEK_MODEL_URL", "").strip() or None,
            model_key=environment.get("DAYEK_MODEL_KEY", "").strip() or None,
        )

    @property
    def models(self) -> Path:
        """Folder of embedding models, shared by all works."""
        return self.home / "models"

    @property
    def model_server(self) -> str | None:
        """`model_url` without what may be secret in it: a name and password, a query."""
        if self.model_url is None:
            return None
        return re.sub(r"//[^/]*@", "//", re.split(r"[?#]", self.model_url)[0])

    def as_dict(self) -> dict[str, str | int | None]:
        """For records: every setting as a plain value, without what is secret."""
        told = asdict(self) | {"model_url": self.model_server}
        del told["model_key"]
        return {
            key: str(value) if isinstance(value, Path) else value for key, value in told.items()
        }


def default_home() -> Path:
    """`.dayek` in a checkout of the project, else the user's data folder."""
    if (PROJECT / "pyproject.toml").is_file():
        return PROJECT / ".dayek"
    return user_data_path("dayek", appauthor=False)
