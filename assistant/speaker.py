"""A language model that is given orders and data and says something: the only place that asks one.

Any that LangChain knows (`DAYEK_MODEL=provider:name`), or whatever speaks OpenAI's protocol at
`DAYEK_MODEL_URL`. Nothing of it is loaded before somebody who has set one asks for it. Tokens are
counted by the server or not at all: what counts them here would fetch its tables from the network.

Attempts are repeated here and not by the clients, which differ in it: a stop must end the waiting
between two attempts too, and no server may ask for more patience than the reader has.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError, ModelMissing, ModelNotInstalled
from assistant.settings import Settings
from assistant.speech import Limits, Piece, Speech, waited
from assistant.troubles import broke_off, on_one_line, status_of, trouble, waiting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk

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
_NOT_UNDERSTOOD = frozenset({400, 404, 415, 422, 501})
"""Statuses with which servers refuse a part of a request that they do not know."""

_ENDS = ("finish_reason", "stop_reason", "done_reason")
"""What providers call the reason for the end, in the order looked up."""


@dataclass(frozen=True)
class Form:
    """A form in which an answer is wanted, where the provider can hold its model to one.

    Attributes:
        name: What the form is called.
        schema: A JSON schema; every property required, no others allowed.
        note: Added to the orders when the form is used.
    """

    name: str
    schema: Mapping[str, Any]
    note: str


@dataclass
class _Habits:
    """What this server has shown to understand; the rest is not asked of it again.

    Attributes:
        forms: That answers have a form.
        counts: That tokens are told at the end of a stream.
    """

    forms: bool
    counts: bool


@dataclass(frozen=True)
class Speaker:
    """A language model, ready to be asked. Safe to share between threads.

    Attributes:
        name: "provider:name".
        place: Where it is asked, for messages.
        prices: US dollars for a million tokens read and for a million written; None when unknown.
    """

    name: str
    place: str
    _model: BaseChatModel = field(repr=False)
    _key: str | None = field(repr=False)
    _habits: _Habits = field(repr=False)
    _retries: int = RETRIES
    _patience: float = TIME_LIMIT
    prices: tuple[float, float] | None = None

    def say(self, orders: str, data: str) -> str:
        """What the model says; empty when it says nothing.

        Args:
            orders: What it is to do, in words of ours alone.
            data: What it is to do it with: words of others, which are no orders.

        Raises:
            ModelError: It cannot be reached, refuses, is too slow or cannot be understood.
        """
        try:
            return waited(self._said_whole(orders, data))
        except Exception as error:  # every provider raises what its own client raises
            raise self.trouble(error) from error

    def stream(
        self, orders: str, data: str, form: Form | None = None, limits: Limits | None = None
    ) -> Speech:
        """What the model says, as it says it; `close` stops it and closes the request.

        What it raises while it is listened to, `trouble` puts into our words.

        Args:
            orders: As `say`.
            data: As `say`.
            form: Wanted of the answer; kept by the model only where its provider can.
            limits: How long to wait; None for the usual ones.
        """
        limits = limits or Limits()
        return Speech(lambda: self._pieces(orders, data, form, limits), limits)

    def without_key(self, text: str) -> str:
        """Text without the key: whoever answers has been sent it, and may say it."""
        return text.replace(self._key, "***") if self._key else text

    async def _said_whole(self, orders: str, data: str) -> str:
        for attempt in range(self._retries + 1):
            try:
                reply = await self._model.ainvoke([("system", orders), ("human", data)])
                return str(reply.text)
            except Exception as error:
                wait = waiting(error, attempt, self._patience, slow_too=True)
                if attempt == self._retries or wait is None:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _pieces(
        self, orders: str, data: str, form: Form | None, limits: Limits
    ) -> AsyncIterator[Piece]:
        """The model's pieces, after as many attempts as it takes and we have.

        An attempt that has spoken is not repeated: its words have been read. A request that is
        not understood is made again without what the server may not know.
        """
        attempt = 0
        while True:
            spoke = False
            try:
                async for piece in self._attempt(orders, data, form):
                    spoke = spoke or bool(piece.text)
                    yield piece
                return
            except Exception as error:
                if spoke and "Connect" in type(error).__name__:
                    # Some clients call it a connection that failed; its words had begun.
                    raise broke_off(self.name, self.place) from error
                if spoke:
                    raise
                if self._gives_way(error, form):
                    continue
                wait = waiting(error, attempt, limits.first, slow_too=False)
                if attempt == self._retries or wait is None:
                    raise
            attempt += 1
            await asyncio.sleep(wait)

    async def _attempt(self, orders: str, data: str, form: Form | None) -> AsyncIterator[Piece]:
        options: dict[str, Any] = {}
        if form and self._habits.forms:
            orders = f"{orders}\n{form.note}"
            options |= _formed(self.name, form)
        if self._habits.counts:
            options["stream_usage"] = True
        finish = ""
        async for chunk in self._model.astream([("system", orders), ("human", data)], **options):
            piece = _piece(chunk)
            finish = piece.finish or finish
            yield piece
        if self.name.startswith("openai:") and not finish:
            # A connection that closes early looks like an end; its protocol tells the two apart.
            raise broke_off(self.name, self.place)

    def _gives_way(self, error: Exception, form: Form | None) -> bool:
        """Whether the request may be repeated with less in it, now and from now on."""
        if status_of(error) not in _NOT_UNDERSTOOD:
            return False
        if form and self._habits.forms:
            self._habits.forms = False
        elif self._habits.counts:
            self._habits.counts = False
        else:
            return False
        return True

    def trouble(self, error: Exception) -> ModelError:
        """What an error of the model's client means to a person, without the key."""
        return trouble(error, self.name, self.place, self._key)


def _piece(chunk: BaseMessageChunk) -> Piece:
    """What a chunk of any provider holds."""
    counts = getattr(chunk, "usage_metadata", None) or {}
    told = chunk.response_metadata
    text = str(chunk.text)
    return Piece(
        text=text,
        thinks=not text and bool(chunk.content),
        input_tokens=counts.get("input_tokens"),
        output_tokens=counts.get("output_tokens"),
        finish=next((str(told[name]) for name in _ENDS if told.get(name)), ""),
    )


def _formed(name: str, form: Form) -> dict[str, Any]:
    """How a provider is told a form; the ones with a way of their own are named in `_FORMS`."""
    provider = name.partition(":")[0]
    if provider == "ollama":
        return {"format": dict(form.schema)}
    schema = {"name": form.name, "schema": dict(form.schema), "strict": True}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


_FORMS = frozenset({"openai", "mistralai", "ollama"})
"""Providers that can be told a form; at a server of the user's own it must be asked for."""

_COUNTS = frozenset({"openai"})
"""Providers that tell their tokens in a stream only when asked; the others always do."""


def open_speaker(
    settings: Settings, *, time_limit: float = TIME_LIMIT, retries: int = RETRIES
) -> Speaker:
    """The language model that the settings name; it is not asked anything yet.

    Args:
        settings: All that begin with `model` are used.
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
            name, model_provider=provider, **_options(settings, provider, time_limit)
        )
    except ImportError as error:
        raise _not_installed(full_name, error) from error
    except Exception as error:  # unknown provider, no key: each client has its own
        raise ModelMissing(
            f"{full_name} cannot be used: {on_one_line(error, settings.model_key)}", _HOW_TO_SET
        ) from error
    forms = provider in _FORMS and not settings.model_url
    if settings.model_form is not None:
        forms = settings.model_form == "json" and provider in _FORMS
    return Speaker(
        full_name,
        settings.model_server or provider,
        model,
        settings.model_key,
        _Habits(forms, provider in _COUNTS),
        retries,
        time_limit,
        settings.model_prices,
    )


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


def _options(settings: Settings, provider: str, time_limit: float) -> dict[str, Any]:
    if provider == "ollama":  # its client has neither keys nor retries
        return {"client_kwargs": {"timeout": time_limit}}
    options: dict[str, Any] = {"timeout": time_limit, "max_retries": 0}
    if provider == "openai":
        # Pauses are measured by `Speech`, for every provider alike.
        options["stream_chunk_timeout"] = None
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
        why = f"cannot be loaded ({on_one_line(cause, None)})"
    return ModelNotInstalled(
        f"The package that talks to {name} {why}.",
        f"Install it: pip install {package[1]}" if package else on_one_line(error, None),
    )
