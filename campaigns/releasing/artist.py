"""A signed material as documents, one for each language and use, each with the footer that it is known by."""

from functools import cached_property

from msgspec.structs import replace

from campaigns.checking.evidence import is_released, shipped_evidence
from campaigns.materials.material import Claim, FrontMatter
from campaigns.materials.material_document import has_easy_read, material_document
from campaigns.materials.parts import Use
from campaigns.releasing.gate import Case
from campaigns.render.drawing import Kind, Permit, draw
from campaigns.render.look import Look, look_named
from campaigns.render.phrases import phrases
from campaigns.render.sheet import sheet
from coprod.kernel.document import Document, Heading, Paragraph, Sourced, plain, text_of
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Language

SHORT_KINDS = frozenset({"card-square", "card-wide", "sms"})


class Artist:
    """Draws one material. `permit` shows that its sign-off was found; `code` stands in every footer.

    Where warnings were passed over (`overrides`), every file is marked with it.
    """

    def __init__(
        self, case: Case, front: FrontMatter, permit: Permit, code: str, *, overrides: bool = False
    ) -> None:
        self.case, self.front, self.permit, self.code = case, front, permit, code
        self.overrides = overrides

    @cached_property
    def look(self) -> Look:
        """Give the theme with its logo and fonts."""
        return look_named(self.case.theme, self.case.themes)

    def drawn(self, kind: Kind, language: Language) -> bytes:
        """Give one format in one language. Raises BadInputError when it cannot be drawn."""
        if kind == "easy-read" and not has_easy_read(self.case.material, language):
            raise BadInputError.of(
                self.case.material.path,
                "there is no easy read to draw, and coprod does not simplify anybody's words",
                "write it with people who use easy read, under a heading `## Easy read`, or leave the format out",
            )
        document = self.document(language, "easy-read" if kind == "easy-read" else "main")
        shown = self._short(document) if kind in SHORT_KINDS else document
        if kind == "sms":
            shown = self._message(shown)
        if kind == "slides":
            shown = self._with_sources(document)
        return draw(shown, kind, self.case.folder, self.look, self.permit)

    def bilingual(self, kind: Kind = "bilingual") -> bytes:
        """Give a sheet or slides with both languages. Raises BadInputError for a material in one language."""
        if len(self.front.languages) < 2:
            raise BadInputError.of(
                self.case.material.path,
                f"`{kind}` needs two languages, and this material has one",
                "name both in `languages`, and begin each text with its own title",
            )
        first, second = (self.document(language, "main") for language in self.front.languages[:2])
        first = replace(first, footer=self._footer(self.front.languages[0], says_which=True))
        if kind == "slides-bilingual":
            first = self._with_sources(first)
        return draw(first, kind, self.case.folder, self.look, self.permit, second)

    def document(self, language: Language, use: Use) -> Document:
        """Give the material's text in one language, with marks, footer and key lines."""
        case, front = self.case, self.front
        is_draft = language == "cy" and not front.read_by.strip()
        marks_wanted = ["override"] * self.overrides + ["simulated"] * case.simulated + ["draft"] * is_draft
        document = material_document(case.material, case.contacts, ", ".join(marks_wanted), language, use)
        is_first = language == front.languages[0]
        lines = (front.message, front.action) if is_first else (document.title,)
        if front.content_note and not is_first:
            document = _with_note(document)
        return replace(
            document, footer=self._footer(language), key_lines=tuple(line for line in lines if line)
        )

    def _with_sources(self, document: Document) -> Document:
        """Give a document with what each claim rests on, for whoever presents it."""
        return replace(document, sources=tuple(map(sourced, self.front.claims)))

    @property
    def service(self) -> str:
        """Give who stands behind the material."""
        return self.case.service or self.front.made_by or "coprod"

    def _message(self, short: Document) -> Document:
        """Give what a text message holds, where each letter costs: a short footer, and no paragraph that was written for a page."""
        said = phrases().footer_short.into(short.language)
        footer = said.replace("{service}", self.service).replace("{code}", self.code)
        is_first = short.language == self.front.languages[0]
        kept = (block for block in short.blocks if is_first or not isinstance(block, Paragraph))
        return replace(short, footer=footer, blocks=tuple(kept))

    def _footer(self, language: Language, *, says_which: bool = False) -> str:
        """Give the footer. The panel reads the first language, so that under any other it says which was reviewed."""
        words = phrases()
        panel_read = self.front.languages[0]
        which = says_which or language != panel_read
        reviewed = words.reviewed_simulated if self.case.simulated else words.reviewed
        if which:
            reviewed = words.reviewed_text_simulated if self.case.simulated else words.reviewed_text
        footer = words.footer.into(language)
        values = {
            "reviewed": reviewed.into(language),
            "text": words.texts[panel_read].into(language),
            "service": self.service,
            "code": self.code,
            "date": words.day(self.front.review_by, language) if self.front.review_by else "",
        }
        for name, value in values.items():
            footer = footer.replace(f"{{{name}}}", value)
        return footer

    def _short(self, document: Document) -> Document:
        """Give what a small card holds: the title, the one message or action, and who to call."""
        parts = sheet(document)
        title = text_of(parts.title)
        said = title.strip(" .!?").casefold()
        lines = [line for line in document.key_lines if line.strip(" .!?").casefold() != said]
        lead = plain(lines[0]) if lines else parts.lead
        blocks = (Heading(1, parts.title), *((Paragraph(lead, "lead"),) if lead else ()), *parts.contacts)
        return replace(document, blocks=blocks)


def sourced(claim: Claim) -> Sourced:
    """Give a claim with what it rests on in words: a statement of the briefing, a released number, or a citation."""
    if is_released(claim):
        source = f"A number that this service released: {claim.source}."
    elif statement := shipped_evidence().statement(claim.source):
        source = " ".join(
            part for part in (f"{shipped_evidence().source}, {statement.year}.", statement.caveat) if part
        )
    else:
        source = claim.source
    return Sourced(claim.text, " ".join(part for part in (source, claim.place, claim.limits) if part))


def _with_note(document: Document) -> Document:
    """Give a document with the usual content note, for a language the front matter's own is not in."""
    note = Paragraph(plain(phrases().content_note.into(document.language)), "caution")
    title, *rest = document.blocks
    return replace(document, blocks=(title, note, *rest))
