"""The text of a PDF, page by page. Pictures of text are not read: a reader of the text alone would meet nothing."""

import zlib
from io import BytesIO

from coprod.kernel.problem import BadInputError

MOST_PAGES = 200
MOST_LETTERS = 1_000_000
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    zlib.error,
)


def pdf_pages(raw: bytes, path: str) -> list[str]:
    """Give the text of each page of a PDF, at most `MOST_PAGES` pages and `MOST_LETTERS` letters.

    Raises BadInputError for what is no PDF, is locked, is too large when unpacked, or holds no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted:
            raise BadInputError.of(path, "this PDF is locked with a password", "save it again without one")
        if len(reader.pages) > MOST_PAGES:
            what = f"this PDF has {len(reader.pages)} pages, and the most is {MOST_PAGES}"
            raise BadInputError.of(path, what, "split it")
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text().replace("\r", "\n"))
            if sum(len(text) for text in pages) > MOST_LETTERS:
                raise BadInputError.of(path, "this PDF is too large when unpacked", "split it")
    except (PyPdfError, *_BROKEN):
        mend = "save it again as a PDF, or as .docx or .txt"
        raise BadInputError.of(path, "this is not a PDF that can be read", mend) from None
    if not any(text.strip() for text in pages):
        what = "this PDF holds no text, perhaps pictures of pages"
        raise BadInputError.of(path, what, "check the file it was made from, or read the text in first")
    return pages
