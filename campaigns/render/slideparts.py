"""The parts of a file of slides and how they name one another, put together as the standard asks (ISO/IEC 29500-2)."""

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct

from campaigns.render.pictures import Picture
from campaigns.render.zipped import zipped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_KINDS = {
    "ppt/presentation.xml": f"{_SLIDES}presentation.main+xml",
    "ppt/slideMasters/": f"{_SLIDES}slideMaster+xml",
    "ppt/slideLayouts/": f"{_SLIDES}slideLayout+xml",
    "ppt/slides/": f"{_SLIDES}slide+xml",
    "ppt/notesMasters/": f"{_SLIDES}notesMaster+xml",
    "ppt/notesSlides/": f"{_SLIDES}notesSlide+xml",
    "ppt/theme/": _THEME,
    "docProps/core.xml": _CORE,
}


class Relation(Struct, frozen=True):
    """One part naming another, or an address outside."""

    kind: str
    target: str
    is_outside: bool = False


class Relations:
    """What one part names, each by the id under which it does: rId1, rId2."""

    def __init__(self) -> None:
        self.held: list[Relation] = []

    def to(self, kind: str, target: str) -> str:
        """Give the id of another part of the file."""
        return self._add(Relation(_OFFICE + kind, target))

    def outside(self, kind: str, target: str) -> str:
        """Give the id of an address."""
        return self._add(Relation(_OFFICE + kind, target, is_outside=True))

    def _add(self, relation: Relation) -> str:
        if relation not in self.held:
            self.held.append(relation)
        return f"rId{self.held.index(relation) + 1}"


class Parts:
    """Every part of a file of slides, by its name inside the file."""

    def __init__(self, render: Callable[..., str]) -> None:
        self.render = render
        self.held: dict[str, bytes] = {}
        self.slides: list[Relations] = []

    def begin_slide(self, *, is_opening: bool) -> Relations:
        """Give what a slide names, its layout first."""
        relations = Relations()
        relations.to("slideLayout", f"../slideLayouts/slideLayout{1 if is_opening else 2}.xml")
        self.slides.append(relations)
        return relations

    def end_slide(self, number: int, content: str) -> None:
        """Keep a slide."""
        self.held[f"ppt/slides/slide{number}.xml"] = content.encode()

    def add_notes(self, number: int, content: str) -> None:
        """Keep the notes of a slide, and let each name the other."""
        self.slides[number - 1].to("notesSlide", f"../notesSlides/notesSlide{number}.xml")
        back = Relations()
        back.to("notesMaster", "../notesMasters/notesMaster1.xml")
        back.to("slide", f"../slides/slide{number}.xml")
        self._keep(f"ppt/notesSlides/notesSlide{number}.xml", content, back)

    def add_picture(self, picture: Picture) -> str:
        """Keep a picture once, however often it is shown, and give the id by which the slide of now names it."""
        name = f"{hashlib.sha256(picture.content).hexdigest()[:16]}.{picture.form}"
        self.held[f"ppt/media/{name}"] = picture.content
        return self.slides[-1].to("image", f"../media/{name}")

    def finished(
        self, core: str, theme: str, masters: tuple[str, str], layouts: Sequence[str], show: str
    ) -> bytes:
        """Give the file: what is alike in every one, the slides, and what names them."""
        self._keep("docProps/core.xml", core)
        for number in (1, 2):
            self._keep(f"ppt/theme/theme{number}.xml", theme)
        for number, layout in enumerate(layouts, start=1):
            over = Relations()
            over.to("slideMaster", "../slideMasters/slideMaster1.xml")
            self._keep(f"ppt/slideLayouts/slideLayout{number}.xml", layout, over)
        self._keep("ppt/slideMasters/slideMaster1.xml", masters[0], _of_master(len(layouts)))
        beside = Relations()
        beside.to("theme", "../theme/theme2.xml")
        self._keep("ppt/notesMasters/notesMaster1.xml", masters[1], beside)
        for number, relations in enumerate(self.slides, start=1):
            self._name(f"ppt/slides/slide{number}.xml", relations)
        self._keep("ppt/presentation.xml", show, _of_show(len(self.slides)))
        return self._zipped()

    def _keep(self, name: str, content: str, relations: Relations | None = None) -> None:
        self.held[name] = content.encode()
        if relations is not None:
            self._name(name, relations)

    def _name(self, name: str, relations: Relations) -> None:
        folder, _, file = name.rpartition("/")
        said = self.render("relations.xml.j2", relations=relations.held)
        self.held[f"{folder}/_rels/{file}.rels"] = said.encode()

    def _zipped(self) -> bytes:
        """Give the archive, what names the parts first."""
        first = [
            Relation(_OFFICE + "officeDocument", "ppt/presentation.xml"),
            Relation(_PACKAGE, "docProps/core.xml"),
        ]
        kinds = [(name, kind) for name in sorted(self.held) if (kind := _kind_of(name))]
        head = {
            "[Content_Types].xml": self.render("content-types.xml.j2", parts=kinds).encode(),
            "_rels/.rels": self.render("relations.xml.j2", relations=first).encode(),
        }
        return zipped(head | dict(sorted(self.held.items())))


def _kind_of(name: str) -> str:
    is_part = name.endswith(".xml")
    return next((kind for start, kind in _KINDS.items() if is_part and name.startswith(start)), "")


def _of_master(layouts: int) -> Relations:
    named = Relations()
    for number in range(1, layouts + 1):
        named.to("slideLayout", f"../slideLayouts/slideLayout{number}.xml")
    named.to("theme", "../theme/theme1.xml")
    return named


def _of_show(slides: int) -> Relations:
    named = Relations()
    named.to("slideMaster", "slideMasters/slideMaster1.xml")
    named.to("notesMaster", "notesMasters/notesMaster1.xml")
    named.to("theme", "theme/theme1.xml")
    for number in range(1, slides + 1):
        named.to("slide", f"slides/slide{number}.xml")
    return named
