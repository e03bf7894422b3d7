"""Draw the pictures in docs/pictures from the app itself: `make pictures`.

Screens and printed pages are drawn the same on every machine. Web pages need a Chromium, and slides a LibreOffice; where
there is none, their pictures stay as they are.
"""

import asyncio
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from campaigns.materials.material import parse_material
from campaigns.materials.material_document import material_document
from campaigns.materials.parts import Use
from campaigns.render.look import shipped_look
from campaigns.render.page import drawn_page
from campaigns.render.slides import drawn_slides
from campaigns.render.typesetting import Sides, drawn_pages
from coprod.journeys.asking.plans import preview_plan
from coprod.journeys.asking.visit import Asking, KioskPlan
from coprod.kernel.document import ContactCard, Document, Paragraph, plain
from coprod.kernel.wording import Language
from coprod.tui.kiosk import Kiosk
from coprod.web.templates import html_of
from coprod.web.views import page_of
from docs.draw_screens import SIZE, as_picture, desk_pictures
from docs.make_believe import make_believe, report_of
from surveys.interviews.events import Choose, Continue
from surveys.interviews.interview import begin, page, step
from surveys.questionnaires.library import find_questionnaire
from surveys.questionnaires.questionnaire import load_questionnaire

PICTURES = Path(__file__).parent / "pictures"
SLIDES = {"slides.png": 1, "slides-2.png": 3, "slides-3.png": 5}
SPECIMEN = {"en": "Specimen: nobody has signed it", "cy": "Sampl: heb ei lofnodi"}


class WebPicture(Struct, frozen=True):
    """A web page and the size of the window it is looked at in, in CSS pixels."""

    page: bytes
    width: int
    height: int


def asked() -> tuple[KioskPlan, Asking]:
    """Give the page on which a young person says whether staff listened, one answer chosen."""
    questionnaire = load_questionnaire(find_questionnaire("experience-of-health-services", None))
    plan = preview_plan(questionnaire, None)
    interview = begin(questionnaire, "en", languages=("en",), contacts=plan.contacts)
    while page(interview).kind != "frequency":
        interview = step(interview, Continue())
        interview = step(interview, Continue()) if page(interview).kind == "note" else interview
    return plan, Asking(step(interview, Choose(page(interview).choices[3].id)), "star")


async def kiosk() -> str:
    """Give that page as the laptop shows it."""
    plan, visit = asked()
    app = Kiosk(plan)
    async with app.run_test(size=SIZE) as pilot:
        await app.go_to(visit)
        await pilot.pause()
        return as_picture(app, "coprod")


def pictures() -> dict[str, str]:
    """Give every picture of a screen by its file's name."""
    return {"kiosk.svg": asyncio.run(kiosk()), **asyncio.run(desk_pictures())}


def specimen(name: str, language: Language = "en", use: Use = "main") -> Document:
    """Give a starter material as a document that says on itself that nobody signed it."""
    folder = "starters/wales" if language == "cy" else "starters"
    file = resources.files("campaigns").joinpath(folder, f"{name}.md")
    material = parse_material(file.read_text("utf-8"), file.name)
    front = material.front
    assert front is not None
    document = material_document(material, None, SPECIMEN[language], language, use)
    return replace(
        document,
        footer="Riverside",
        more_at="https://riverside.example",
        key_lines=(front.message, front.action),
    )


def short(document: Document) -> Document:
    """Give what a card holds: title, lead and contacts."""
    contacts = tuple(block for block in document.blocks if isinstance(block, ContactCard))
    lead = Paragraph(plain(document.key_lines[1]))
    return replace(document, blocks=(document.blocks[0], lead, *contacts))


def formats() -> dict[str, bytes]:
    """Give a picture of every printed format by its file's name, the same bytes on every machine."""
    good, welsh = specimen("not-your-fault"), specimen("not-your-fault", "cy")
    shown = {
        "poster": (good, "poster", "harbour", 62, Sides()),
        "poster-cy": (welsh, "poster", "meadow", 62, Sides()),
        "leaflet": (good, "leaflet", "heather", 62, Sides()),
        "card-square": (short(good), "card-square", "heather", 34, Sides()),
        "card-wide": (short(good), "card-wide", "meadow", 40, Sides()),
        "large-print": (good, "large-print", "harbour", 50, Sides()),
        "easy-read": (specimen("not-your-fault", use="easy-read"), "easy-read", "meadow", 50, Sides()),
        "bilingual": (good, "bilingual", "heather", 62, Sides(beside=welsh)),
    }
    drawn: dict[str, bytes] = {}
    for name, (document, layout, theme, dots, sides) in shown.items():
        pages = drawn_pages(document, layout, shipped_look(theme), dots, sides)
        drawn |= {
            f"{name}{f'-{number}' if number > 1 else ''}.png": page for number, page in enumerate(pages, 1)
        }
    return drawn


def report() -> dict[str, bytes]:
    """Give a picture of each page of a report on made-up answers, the same bytes on every machine."""
    with make_believe() as workspace:
        pages = drawn_pages(report_of(workspace), "report-pdf", shipped_look("harbour"), 60, Sides())
    return {f"report-{number}.png": page for number, page in enumerate(pages[:2], 1)}


def web_pages() -> dict[str, WebPicture]:
    """Give each web page by the name of its picture."""
    plan, visit = asked()
    on_tablet = html_of(page_of(visit, replace(plan, front="page")), nonce="", forgets_after=0)
    starter = drawn_page(specimen("not-your-fault"), None, shipped_look("harbour"), can_leave=True)
    return {"page": WebPicture(starter, 500, 1000), "tablet": WebPicture(on_tablet, 768, 1024)}


def words_of_page(page: bytes) -> str:
    """Give the SHA-256 of a page's words and marks, without its style."""
    body = page.decode().partition("<body")[2]
    return sha256(" ".join(body.split()).encode()).hexdigest()


def photograph(shown: WebPicture) -> bytes | None:
    """Give a picture of a web page as a browser shows it, or None without a Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    with TemporaryDirectory() as scratch:
        (Path(scratch) / "page.html").write_bytes(shown.page)
        picture = Path(scratch) / "page.png"
        size = f"--window-size={shown.width},{shown.height}"
        subprocess.run(  # noqa: S603  the program is a browser found on this machine
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size,
             f"--user-data-dir={scratch}/profile", f"--screenshot={picture}", f"{scratch}/page.html"],
            check=True, capture_output=True,
        )  # fmt: skip
        return picture.read_bytes()


def slides() -> bytes:
    """Give a starter as slides, which a LibreOffice takes the pictures of."""
    return drawn_slides(specimen("not-your-fault"), None, shipped_look("harbour"))


def photographed_slides(deck: bytes) -> dict[str, bytes]:
    """Give pictures of some slides by their file's name, as a slide program shows them; none without LibreOffice."""
    program, cutter = shutil.which("soffice"), shutil.which("pdftoppm")
    if program is None or cutter is None:
        return {}
    with TemporaryDirectory() as scratch:
        (Path(scratch) / "slides.pptx").write_bytes(deck)
        for command in (
            [program, f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", scratch, f"{scratch}/slides.pptx"],
            [cutter, "-r", "34", "-png", f"{scratch}/slides.pdf", f"{scratch}/slide"],
        ):  # fmt: skip
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603  programs found on this machine
        drawn = sorted(Path(scratch).glob("slide-*.png"))
        return {name: drawn[number - 1].read_bytes() for name, number in SLIDES.items()}


def main() -> int:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    for name, drawn in pictures().items():
        (PICTURES / name).write_text(drawn, "utf-8")
    for name, content in {**formats(), **report()}.items():
        (PICTURES / name).write_bytes(content)
    for name, shown in web_pages().items():
        if photographed := photograph(shown):
            (PICTURES / f"{name}.png").write_bytes(photographed)
            (PICTURES / f"{name}.sha256").write_text(words_of_page(shown.page) + "\n", "utf-8")
    if taken := photographed_slides(slides()):
        for name, content in taken.items():
            (PICTURES / name).write_bytes(content)
        (PICTURES / "slides.sha256").write_text(sha256(slides()).hexdigest() + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
