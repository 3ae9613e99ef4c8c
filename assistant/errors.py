"""What can be wrong with a question or with a language model, and the remedy.

QuestionError
NotWritable
ModelError                one for all that a model can do to us
├── ModelMissing          none is set, or not in a way that can be used
├── ModelNotInstalled     the package of its provider is not there
├── ModelUnreachable      nobody answers at its address
├── ModelRefused          its server answers with an error: a wrong key, no such model, a fault
├── ModelTooSlow          no answer within the time limit
├── ModelBrokeOff         its answer ended before it was finished
└── ModelUnreadable       it answers, but nothing that can be used
"""

from sources import FixableError


class QuestionError(FixableError):
    """A question that cannot be taken: empty, too long, or not text."""


class NotWritable(FixableError):
    """A file that may not be written."""


class ModelError(FixableError):
    """A language model that cannot be used, now or at all."""


class ModelMissing(ModelError):
    """No language model is set, or not in a way that can be used."""


class ModelNotInstalled(ModelError):
    """The package that talks to this provider is not installed."""


class ModelUnreachable(ModelError):
    """Nobody answers at the model's address."""


class ModelRefused(ModelError):
    """The model's server answers with an error."""


class ModelTooSlow(ModelError):
    """The model does not answer within the time limit."""


class ModelBrokeOff(ModelError):
    """The model's answer ended before it was finished."""


class ModelUnreadable(ModelError):
    """The model answers, but nothing that can be used."""
