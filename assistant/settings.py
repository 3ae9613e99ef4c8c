"""Every setting, with its unit, its default and the reason for it.

The only reader of the environment: folders below get plain arguments. Read once at the start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

PROJECT = Path(__file__).resolve().parent.parent

_FORMS: Mapping[str, Literal["json", "plain"]] = {"json": "json", "plain": "plain"}
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


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
        model_form: "json" to hold the model to a JSON schema, "plain" not to; None, the default,
            does so with the providers that are known to understand it and not at `model_url`,
            where many servers do not. `DAYEK_MODEL_FORM`.
        model_followups: "model", the default, has the model make a follow-up stand alone where one
            is set; "rule" leaves that to the rule. `DAYEK_MODEL_FOLLOWUPS`.
        model_first: Seconds to the model's first words. `DAYEK_MODEL_FIRST_SECONDS`; 30, in which
            a local model on two cores has read its evidence.
        model_pause: Seconds between two of its words. `DAYEK_MODEL_PAUSE_SECONDS`; 15.
        model_total: Seconds for all that it says to one question.
            `DAYEK_MODEL_TOTAL_SECONDS`; 120.
        model_prices: US dollars for a million tokens read and for a million written, as
            "0.15,0.6"; None when not set or not to be read so, and then no cost is told.
            `DAYEK_MODEL_PRICES`.
    """

    source: str | None
    home: Path
    embedder: str = "bundled"
    chroma: str | None = None
    threads: int = 2
    model: str | None = None
    model_url: str | None = None
    model_key: str | None = field(default=None, repr=False)
    model_form: Literal["json", "plain"] | None = None
    model_followups: Literal["model", "rule"] = "model"
    model_first: float = 30.0
    model_pause: float = 15.0
    model_total: float = 120.0
    model_prices: tuple[float, float] | None = None

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
            model_form=_FORMS.get(environment.get("DAYEK_MODEL_FORM", "").strip().lower()),
            model_followups=(
                "rule"
                if environment.get("DAYEK_MODEL_FOLLOWUPS", "").strip().lower() == "rule"
                else "model"
            ),
            model_first=_seconds(environment, "DAYEK_MODEL_FIRST_SECONDS", 30.0),
            model_pause=_seconds(environment, "DAYEK_MODEL_PAUSE_SECONDS", 15.0),
            model_total=_seconds(environment, "DAYEK_MODEL_TOTAL_SECONDS", 120.0),
            model_prices=_prices(environment.get("DAYEK_MODEL_PRICES", "")),
        )

    @classmethod
    def misread(cls, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
        """Variables that look like settings and were not taken, by name; empty when all were.

        One whose value cannot be read counts as not set; one of an unknown name, which is often a
        slip, does nothing.

        Args:
            environment: Where the variables are looked up.
        """
        return tuple(
            name
            for name, told in sorted(environment.items())
            if name.startswith("DAYEK_") and not name.startswith("DAYEK_TEST_") and told.strip()
            if name not in VARIABLES or not _READABLE.get(name, bool)(told.strip())
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

    def as_dict(self) -> dict[str, str | float | None]:
        """For records: every setting as a plain value, without what is secret."""
        prices = self.model_prices and f"{self.model_prices[0]:g},{self.model_prices[1]:g}"
        told = asdict(self) | {"model_url": self.model_server, "model_prices": prices}
        del told["model_key"]
        return {
            key: str(value) if isinstance(value, Path) else value for key, value in told.items()
        }


def _is_seconds(told: str) -> bool:
    return _NUMBER.fullmatch(told) is not None and float(told) > 0


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    told = environment.get(name, "").strip()
    return float(told) if _is_seconds(told) else default


def _prices(told: str) -> tuple[float, float] | None:
    parts = [part.strip() for part in told.split(",")]
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    return float(parts[0]), float(parts[1])


VARIABLES: Mapping[str, str] = {
    "DAYEK_SOURCE": "source",
    "DAYEK_HOME": "home",
    "DAYEK_EMBEDDER": "embedder",
    "DAYEK_CHROMA": "chroma",
    "DAYEK_THREADS": "threads",
    "DAYEK_MODEL": "model",
    "DAYEK_MODEL_URL": "model_url",
    "DAYEK_MODEL_KEY": "model_key",
    "DAYEK_MODEL_FORM": "model_form",
    "DAYEK_MODEL_FOLLOWUPS": "model_followups",
    "DAYEK_MODEL_FIRST_SECONDS": "model_first",
    "DAYEK_MODEL_PAUSE_SECONDS": "model_pause",
    "DAYEK_MODEL_TOTAL_SECONDS": "model_total",
    "DAYEK_MODEL_PRICES": "model_prices",
}
"""Every variable and the setting that it sets."""

_READABLE: Mapping[str, Callable[[str], bool]] = {
    "DAYEK_THREADS": lambda told: told.isdigit() and int(told) > 0,
    "DAYEK_MODEL_FORM": lambda told: told.lower() in _FORMS,
    "DAYEK_MODEL_FOLLOWUPS": lambda told: told.lower() in ("model", "rule"),
    "DAYEK_MODEL_FIRST_SECONDS": _is_seconds,
    "DAYEK_MODEL_PAUSE_SECONDS": _is_seconds,
    "DAYEK_MODEL_TOTAL_SECONDS": _is_seconds,
    "DAYEK_MODEL_PRICES": lambda told: _prices(told) is not None,
}
"""Whether the value of a variable that is no free text can be read."""


def default_home() -> Path:
    """`.dayek` in a checkout of the project, else the user's data folder."""
    if (PROJECT / "pyproject.toml").is_file():
        return PROJECT / ".dayek"
    return user_data_path("dayek", appauthor=False)
