"""What can be wrong with a question, and the remedy."""

from sources import FixableError


class QuestionError(FixableError):
    """A question that cannot be taken: empty, too long, or not text."""
