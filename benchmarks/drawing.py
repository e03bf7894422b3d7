"""Drawing one leaflet's text as a web page, an A4 poster and a square card, beside WeasyPrint and pypdfium2.

Each time is the middle of several runs in a warm process, the first run of each left out, in processor seconds, so
that a busy machine says the same. The peers draw the same blocks from plain HTML and CSS without our layout.
"""

import importlib
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.measures import Measure, seconds
from campaigns.materials.material import parse_material
from campaigns.materials.material_document import material_document
from campaigns.render import Kind, Permit, draw
from coprod.journeys.beginnings import starter_files
from coprod.kernel.document import Block, ContactCard, Document, Heading, ItemList, Paragraph, text_of

RUNS = 15
PERMIT = Permit("0" * 64)
STARTER = "not-your-fault"
CARD_WORDS = 2
POSTER_CSS = "@page{size:A4;margin:15mm}body{font:14pt sans-serif}h1{font-size:40pt}"
CARD_CSS = "@page{size:1080px 1080px;margin:80px}body{font:44px sans-serif}h1{font-size:110px}"
PEER = "weasyprint and pypdfium2"


def measures() -> Iterator[Measure]:
    """Give the times, each beside what was promised."""
    document = starter()
    short = Document(
        document.title,
        "en",
        (*document.blocks[:CARD_WORDS], *(b for b in document.blocks if isinstance(b, ContactCard))),
    )
    yield _measure("page", document, 0.010, None)
    yield _measure("poster-a4", document, 0.030, peer_pdf(document))
    yield _measure("card-square", short, 0.030, peer_png(short))


def starter() -> Document:
    """Give the starter for young people as a document."""
    source = next(file for file in starter_files() if file.name == f"{STARTER}.md").read_text("utf-8")
    return material_document(parse_material(source, f"{STARTER}.md"), use="main")


def _measure(kind: Kind, document: Document, promised: float, peer: Callable[[], bytes] | None) -> Measure:
    ours = middle(lambda: draw(document, kind, permit=PERMIT))
    theirs = middle(peer) if peer else None
    return Measure(
        f"draw a {kind}",
        f"{words_of(document)} words",
        seconds(ours),
        f"{seconds(theirs)} ({PEER})" if theirs else "" if kind == "page" else "not installed: not run",
        f"{theirs / ours:.1f}" if theirs else "",
        f"under {seconds(promised)}",
        ours < promised,
    )


def middle(work: Callable[[], Any]) -> float:
    """Give the middle of several runs in processor seconds, the first left out."""
    work()
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def words_of(document: Document) -> int:
    """Give how many words a document's text has."""
    return len(plain_html(document, "").replace("<", " <").split())


def peer_pdf(document: Document) -> Callable[[], bytes] | None:
    """Give WeasyPrint drawing a tagged PDF of the same blocks, or None where it is not installed or cannot start."""
    weasyprint = _loaded("weasyprint")
    if weasyprint is None:
        return None
    page = plain_html(document, POSTER_CSS)
    return lambda: bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def peer_png(document: Document) -> Callable[[], bytes] | None:
    """Give WeasyPrint and pypdfium2 drawing a picture of 1080 by 1080 dots, or None."""
    weasyprint, pypdfium2 = _loaded("weasyprint"), _loaded("pypdfium2")
    if weasyprint is None or pypdfium2 is None:
        return None
    page = plain_html(document, CARD_CSS)

    def drawn() -> bytes:
        pdf = pypdfium2.PdfDocument(weasyprint.HTML(string=page).write_pdf())
        return bytes(pdf[0].render(scale=96 / 72).to_numpy().tobytes())

    return drawn


def _loaded(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None


def plain_html(document: Document, css: str) -> str:
    """Give the blocks as bare HTML, for a peer to draw."""
    parts = "".join(_html(block) for block in document.blocks)
    return f"<html lang=en><head><title>{document.title}</title><style>{css}</style></head><body>{parts}</body></html>"


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{text_of(block.inline)}</h{block.level}>"
        case Paragraph():
            return f"<p>{text_of(block.inline)}</p>"
        case ItemList():
            return "<ul>" + "".join(f"<li>{text_of(item)}</li>" for item in block.items) + "</ul>"
        case ContactCard():
            return f"<p><b>{block.name}</b> {' '.join(block.reach)} {block.note}</p>"
        case _:
            return ""


if __name__ == "__main__":
    import sys

    from benchmarks.measures import print_table

    sys.exit(0 if print_table(measures()) else 1)
