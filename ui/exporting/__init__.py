"""Transcripts, records and lists of places as documents, each quotation with its proof."""

from ui.exporting.checking import Check, Checked, Fault, check_receipt
from ui.exporting.contents import (
    Content,
    Entry,
    GatheredPlace,
    Gathering,
    Imprint,
    Transcript,
    WorkShown,
    imprint,
    program_versions,
    transcript,
)
from ui.exporting.receipt import (
    FORMAT,
    VERSION,
    Receipt,
    ReceiptUnreadable,
    read_receipt,
    receipt_bytes,
)
from ui.exporting.writing import FORM_NAMES, FORMS, MEDIA_TYPES, Form, file_name, write

__all__ = [
    "FORMAT",
    "FORMS",
    "FORM_NAMES",
    "MEDIA_TYPES",
    "VERSION",
    "Check",
    "Checked",
    "Content",
    "Entry",
    "Fault",
    "Form",
    "GatheredPlace",
    "Gathering",
    "Imprint",
    "Receipt",
    "ReceiptUnreadable",
    "Transcript",
    "WorkShown",
    "check_receipt",
    "file_name",
    "imprint",
    "program_versions",
    "read_receipt",
    "receipt_bytes",
    "transcript",
    "write",
]
