"""What can be wrong with a work or with what a person typed, and the remedy.

The root of every error that a person can mend. The tree::

    FixableError                  message + remedy; shown without a traceback, exit status 2
    ├── WorkNotFound              no such work in the library, no such file
    ├── WorkUnreadable            not a text file in UTF-8, or empty
    ├── WorkAltered               the file of a library work is not the one its card describes
    ├── NoSuchPlace               a section, paragraph or span that the work does not have
    ├── index.errors.*            index missing, busy, of another work; embedding model missing
    └── assistant.errors.*        a question that cannot be taken; a model that cannot be asked

Anything that is not a `FixableError` is a fault of ours and keeps its traceback.
"""


class FixableError(Exception):
    """Something that the person at the keyboard can put right.

    Args:
        message: What is wrong, in one sentence.
        remedy: What to do or type about it, in one sentence; empty when the message says it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class WorkNotFound(FixableError):
    """No work of that name in the library and no file at that path."""


class WorkUnreadable(FixableError):
    """The file is not text in UTF-8, or holds nothing to read."""


class WorkAltered(FixableError):
    """The file of a library work has another sha256 than its card says."""


class NoSuchPlace(FixableError):
    """A section, paragraph or span that the work does not have."""
