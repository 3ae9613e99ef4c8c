"""Whether a statement of a language model is supported by the spans that it cites."""

from assistant.support.examination import Closeness, Examination, examine

__all__ = ["Closeness", "Examination", "examine"]
