"""PDF and DOCX ─► Document, by the optional libraries pypdf and python-docx."""

from __future__ import annotations

import io

from mapgen.errors import InputError, MissingExtraError
from mapgen.model import Document
from mapgen.readers.workbook import check_archive

MAX_PAGES, MAX_INFLATED = 3_000, 300_000_000  # pages of a PDF, bytes of the parts of a DOCX
_EXTRA = "pip install 'mapgen[documents]'"


def read_pdf(data: bytes, where: str) -> Document:
    """The text of a PDF, page after page; raises InputError where it is broken, locked or only pictures."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingExtraError(f"reading PDF needs pypdf: {_EXTRA}") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{where}: is locked by a password; save it without")
        if len(reader.pages) > MAX_PAGES:
            raise InputError(f"{where}: has more than {MAX_PAGES} pages; give the part that matters")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title, author = (getattr(reader.metadata, key, None) for key in ("title", "author"))
    except InputError:
        raise
    except Exception as error:  # pypdf raises what its parsers raise
        raise InputError(f"{where}: cannot be read as a PDF; save it again, or give its text") from error
    if not text.strip():
        raise InputError(f"{where}: is a PDF without text, likely scanned; give its text (by OCR)")
    return Document("", text, title=title or None, author=author or None)


def read_docx(data: bytes, where: str) -> Document:
    """The paragraphs and tables of a DOCX in their order; raises InputError where it is broken."""
    try:
        from docx import Document as open_docx
        from docx.table import Table
    except ImportError as error:
        raise MissingExtraError(f"reading DOCX needs python-docx: {_EXTRA}") from error
    check_archive(data, where, MAX_INFLATED)
    try:
        document = open_docx(io.BytesIO(data))
        parts = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                parts += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                parts.append(block.text)
        about = document.core_properties
    except Exception as error:  # python-docx raises what its parsers raise
        raise InputError(f"{where}: cannot be read as a Word document; save it again as .docx") from error
    return Document("", "\n".join(parts), title=about.title or None, author=about.author or None)
