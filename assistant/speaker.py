"""A language model that is given orders and data and says something: the only place that asks one.

Any that LangChain knows (`DAYEK_MODEL=provider:name`), or whatever speaks OpenAI's protocol at
`DAYEK_MODEL_URL`. Nothing of it is loaded before somebody who has set one asks for it. Tokens are
never counted: what counts them would fetch its tables from the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.errors import (
    ModelError,
    ModelMissing,
    ModelNotInstalled,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
    ModelUnreadable,
)
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TIME_LIMIT = 120.0
"""Seconds without a sign of life from the model's server before one attempt is given up."""

RETRIES = 2
"""Further attempts after a first that found the server silent, busy or at fault."""

_NO_KEY = "none"
"""Sent to a server at `DAYEK_MODEL_URL` when no key is set: its library insists on one, and the
one that the user has for OpenAI is nobody else's business."""

_HOW_TO_SET = (
    "Set DAYEK_MODEL=provider:name (and DAYEK_MODEL_KEY), or for a server of your own that speaks "
    "OpenAI's protocol DAYEK_MODEL=name and DAYEK_MODEL_URL=http://127.0.0.1:8080/v1."
)
_PIP_PACKAGE = re.compile(r"pip install ([\w-]+)")
_SHOWN = 200
"""Characters of a server's own complaint that are shown."""


@dataclass(frozen=True)
class Speaker:
    """A language model, ready to be asked.

    Attributes:
        name: "provider:name".
        place: Where it is asked, for messages.
    """

    name: str
    place: str
    _model: BaseChatModel = field(repr=False)
    _key: str | None = field(repr=False)

    def say(self, orders: str, data: str) -> str:
        """What the model says; empty when it says nothing.

        Args:
            orders: What it is to do, in words of ours alone.
            data: What it is to do it with: words of others, which are no orders.

        Raises:
            ModelError: It cannot be reached, refuses, is too slow or cannot be understood.
        """
        try:
            return str(self._model.invoke([("system", orders), ("human", data)]).text)
        except Exception as error:  # every provider raises what its own client raises
            raise self._trouble(error) from error

    def _trouble(self, error: Exception) -> ModelError:
        """What an error of a client means to a person; told by its names, which they agree on."""
        names = " ".join(kind.__name__ for kind in type(error).__mro__)
        if "Timeout" in names:
            return ModelTooSlow(
                f"{self.name} at {self.place} did not answer in time.",
                "Give it more time, or set a smaller model.",
            )
        if "Connect" in names:
            return ModelUnreachable(
                f"{self.name} cannot be reached at {self.place}.",
                "Start its server, or mend DAYEK_MODEL_URL.",
            )
        status = getattr(error, "status_code", None)
        if isinstance(status, int):
            return ModelRefused(
                f"{self.name} at {self.place} answered with status {status}: {self._said(error)}",
                "Check DAYEK_MODEL, DAYEK_MODEL_URL and DAYEK_MODEL_KEY.",
            )
        return ModelUnreadable(
            f"{self.name} at {self.place} answered in a form that cannot be read: "
            f"{self._said(error)}",
            "Check that DAYEK_MODEL_URL is the base address of its API, with /v1.",
        )

    def _said(self, error: Exception) -> str:
        """The complaint on one line, short, harmless to a terminal, without the key."""
        return _on_one_line(error, self._key)


def open_speaker(
    settings: Settings, *, time_limit: float = TIME_LIMIT, retries: int = RETRIES
) -> Speaker:
    """The language model that the settings name; it is not asked anything yet.

    Args:
        settings: `model`, `model_url` and `model_key` are used.
        time_limit: Seconds without a sign of life after which an attempt is given up.
        retries: Further attempts after a failed one.

    Raises:
        ModelMissing: None is set, or not in a way that can be used.
        ModelNotInstalled: The package of its provider is not there.
    """
    provider, name = _named(settings)
    full_name = f"{provider}:{name}"
    from langchain.chat_models import init_chat_model

    try:
        model = init_chat_model(
            name, model_provider=provider, **_options(settings, provider, time_limit, retries)
        )
    except ImportError as error:
        raise _not_installed(full_name, error) from error
    except Exception as error:  # unknown provider, no key: each client has its own
        raise ModelMissing(
            f"{full_name} cannot be used: {_on_one_line(error, settings.model_key)}", _HOW_TO_SET
        ) from error
    return Speaker(full_name, settings.model_server or provider, model, settings.model_key)


def _named(settings: Settings) -> tuple[str, str]:
    """Provider and name of the model."""
    if not settings.model:
        raise ModelMissing(
            "No language model is set, and this cannot be done without.", _HOW_TO_SET
        )
    if settings.model_url:
        # The name may hold colons itself, as Ollama's do.
        return "openai", settings.model.removeprefix("openai:")
    provider, _, name = settings.model.partition(":")
    if not provider or not name:
        raise ModelMissing(f"DAYEK_MODEL={settings.model} names no provider.", _HOW_TO_SET)
    return provider, name


def _options(settings: Settings, provider: str, time_limit: float, retries: int) -> dict[str, Any]:
    if provider == "ollama":  # its client has neither keys nor retries
        return {"client_kwargs": {"timeout": time_limit}}
    options: dict[str, Any] = {"timeout": time_limit, "max_retries": retries}
    if settings.model_url:
        options["base_url"] = settings.model_url
    if settings.model_url or settings.model_key:
        options["api_key"] = settings.model_key or _NO_KEY
    return options


def _not_installed(name: str, error: ImportError) -> ModelNotInstalled:
    """Names the pip package, and why the one that is there does not load if it is there."""
    package = _PIP_PACKAGE.search(str(error))
    cause = error.__cause__
    why = "is not installed"
    if cause is not None and not isinstance(cause, ModuleNotFoundError):
        why = f"cannot be loaded ({_on_one_line(cause, None)})"
    return ModelNotInstalled(
        f"The package that talks to {name} {why}.",
        f"Install it: pip install {package[1]}" if package else _on_one_line(error, None),
    )


def _on_one_line(error: BaseException, key: str | None) -> str:
    said = str(error).replace(key, "***") if key else str(error)
    said = "".join(one if one.isprintable() else " " for one in said)
    said = " ".join(said.split()) or type(error).__name__
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
