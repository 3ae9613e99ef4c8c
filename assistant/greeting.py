"""Whether a language model can be asked at all: the smallest real request, and its first words.

Made by whoever is about to depend on one: `dayek doctor`, and an evaluation that would otherwise
measure a day of fallbacks. It goes the way that answers go, so what works here works there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from assistant.errors import ModelUnreadable
from assistant.settings import Settings
from assistant.speaker import open_speaker
from assistant.speech import Limits

_ORDERS = "Reply with the one word: ready"
_DATA = "Are you ready?"


@dataclass(frozen=True)
class Greeting:
    """A model that answered.

    Attributes:
        model: "provider:name".
        place: Where it was asked, without what may be secret in the address.
        seconds: From the request to its first sign of life.
    """

    model: str
    place: str
    seconds: float


def greet(settings: Settings, seconds: float) -> Greeting:
    """Ask the language model that the settings name for a word; the request ends at the first one.

    Args:
        settings: All that begin with `model` are used.
        seconds: How long it may take.

    Raises:
        ModelMissing, ModelNotInstalled: See `open_speaker`.
        ModelError: It cannot be reached, refuses, is too slow, or says nothing.
    """
    speaker = open_speaker(settings, time_limit=seconds, retries=0)
    begun = time.monotonic()
    speech = speaker.stream(_ORDERS, _DATA, limits=Limits(seconds, seconds, seconds))
    try:
        # A model that thinks first shows that it works long before its first word.
        spoke = any(piece or speech.spoke for piece in speech)
    except Exception as error:  # every provider raises what its own client raises
        raise speaker.trouble(error) from error
    finally:
        speech.close()
    if not spoke:
        raise ModelUnreadable(
            f"{speaker.name} at {speaker.place} answered without a word.",
            "Try another model: export DAYEK_MODEL=NAME",
        )
    return Greeting(speaker.name, speaker.place, time.monotonic() - begun)
