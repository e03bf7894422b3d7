"""The trail: who decided what, when and why, with the coding tree and reporting checklists, made from the events."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from analysis.codes.codebook import in_tree_order
from analysis.codes.coding import MACHINE, Added, Coding, Merged, Renamed, Split, standing
from analysis.codes.journal import JOURNAL_FILE, JournalEntry, checklists, read_journal
from analysis.codes.judgements import unite
from analysis.publishing.disclosure import people_words
from analysis.themes.themework import THEMES_SUFFIX, ThemesFound, ThemeWork, read_themes
from coprod.journeys.understanding.codings import CodingWork, codebook_now, codings_of
from coprod.journeys.understanding.networks import write_document
from coprod.journeys.understanding.quotes import approvals_of
from coprod.journeys.understanding.sorting import SORTS
from coprod.kernel.document import Block, Document, Heading, ItemList, Paragraph, Table, plain
from coprod.kernel.files import named_like
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

NOT_RECORDED = "Not recorded: fill in"
STANDS = (
    "Made from the events themselves; every file they stand in is chained, so a change by hand shows. Which answer has "
    "which code is left out, since that could be counted."
)


class Step(Struct, frozen=True, order=True):
    """One decision: the day, who (initials), its place in their file, what and why."""

    on: str
    who: str
    number: int
    what: str
    why: str


def steps_of(work: CodingWork, workspace: Workspace | None) -> tuple[Step, ...]:
    """Give every decision about codes and themes and every journal entry, oldest first; no answer is named in one."""
    coded = (step for coding in codings_of(work) for step in _coding_steps(coding))
    themed = (step for held in theme_files(work) for step in _theme_steps(held))
    noted = (_journal_step(number, one) for number, one in enumerate(journal_of(workspace), start=1))
    return tuple(sorted((*coded, *themed, *noted)))


def journal_of(workspace: Workspace | None) -> tuple[JournalEntry, ...]:
    """Give the journal of a workspace; none outside one."""
    return read_journal(workspace.analysis / JOURNAL_FILE) if workspace else ()


def theme_files(work: CodingWork) -> tuple[ThemeWork, ...]:
    """Give every analyst's worked themes of these answers."""
    return tuple(read_themes(path) for path in named_like(work.folder, f"{work.stem}.*{THEMES_SUFFIX}"))


def facts_of(work: CodingWork, workspace: Workspace | None) -> dict[str, str]:
    """Give what coprod knows of what was done, by the name a checklist asks for it; what it does not know is not there."""
    codings = codings_of(work)
    coders = sorted(one.header.coder for one in codings if one.header.coder != MACHINE)
    facts = {
        "answers": f"{_capital(people_words(len(work.texts)))} answers were coded or waited to be",
        "question": work.question,
        "recorded": "Answers are kept as they were written or imported; coprod transcribed nothing",
        "tree": f"{len(codebook_now(work).codes)} codes and groups, listed above",
        "software": ", ".join(
            f"{name} {version(name)}" for name in ("coprod", "nltk", "polars", "scikit-learn")
        ),
    }
    if coders:
        facts["coders"] = f"{len(coders)}: {', '.join(coders)}"
        facts["derivation"] = _derivation(codings, theme_files(work))
    if len(coders) > 1 and len(unite(codings).coders) > 1:
        facts["agreement"] = (
            "Several coded the same answers; disagreements are listed by coprod analysis agree"
        )
    if workspace is not None:
        facts |= _workspace_facts(workspace)
    if theme_files(work):
        facts["left_over"] = "Answers that fit no theme are kept and listed as such"
    return facts


def write_trail(workspace: Workspace, work: CodingWork) -> tuple[Path, Path]:
    """Write `out/NAME-trail.html` and `.pdf`."""
    return write_document(workspace, f"{work.stem}-trail", trail_document(workspace, work))


def trail_document(workspace: Workspace | None, work: CodingWork) -> Document:
    """Give the audit trail, coding tree, journal and checklists as a document."""
    title = f"How we came to this: {clean_line(work.question)}"
    facts = facts_of(work, workspace)
    blocks = (
        Heading(1, plain(title)),
        Paragraph(plain(STANDS), "lead"),
        *_decisions(steps_of(work, workspace)),
        *_tree(work),
        *_journal(journal_of(workspace)),
        *(block for number in range(len(checklists())) for block in _checklist(number, facts)),
    )
    simulated = workspace is not None and workspace.settings.simulated
    return Document(title, "en", blocks, "simulated" if simulated else "", STANDS)


def _coding_steps(coding: Coding) -> Iterator[Step]:
    who = coding.header.coder
    for entry in standing(coding):
        match entry.did:
            case Added(code=code):
                what = f"added the code {code.name}"
            case Renamed(code=code_id, name=name):
                what = f"renamed the code {code_id} to {name}"
            case Merged(code=code_id, into=into):
                what = f"merged the code {code_id} into {into}"
            case Split(code=code_id, parts=parts):
                what = f"split the code {code_id} into {', '.join(part.code for part in parts)}"
            case _:
                continue
        yield Step(entry.on.isoformat(), who, entry.number, what, entry.why)


def _theme_steps(held: ThemeWork) -> Iterator[Step]:
    for entry in held.entries:
        words = type(entry.did).__name__.removeprefix("Theme").lower()
        if isinstance(entry.did, ThemesFound):
            what = f"kept {len(entry.did.themes)} themes that the machine found"
        else:
            named = (str(getattr(entry.did, field)) for field in ("theme", "into", "new", "name", "code", "number") if hasattr(entry.did, field))  # fmt: skip
            what = f"theme {words}: {', '.join(named)}"
        yield Step(entry.on.isoformat(), held.header.coder, entry.number, what, entry.why)


def _journal_step(number: int, entry: JournalEntry) -> Step:
    return Step(entry.on.isoformat(), entry.by, number, f"wrote in the journal ({entry.kind})", entry.about)


def _derivation(codings: tuple[Coding, ...], themes: tuple[ThemeWork, ...]) -> str:
    added = any(isinstance(entry.did, Added) for coding in codings for entry in standing(coding))
    from_book = (
        "From a codebook made before, and codes added while reading"
        if added
        else "From a codebook made before"
    )
    return f"{from_book}; a machine's themes were looked at and worked on" if themes else from_book


def _workspace_facts(workspace: Workspace) -> dict[str, str]:
    facts = {}
    if any(named_like(workspace.analysis, f"*{SORTS}")):
        facts["sorting"] = (
            "Young people sorted cleared excerpts into piles, named them, and made themes of them"
        )
    journal = journal_of(workspace)
    if journal:
        facts["journal"] = (
            f"A reflexive journal was kept ({journal[0].on} to {journal[-1].on}), printed above"
        )
    changed = [one.text for one in journal if one.kind == "changed-by-young-people"]
    if changed:
        facts["changed"] = " ".join(changed)
    if approvals_of(workspace):
        facts["quotes"] = "Quotes are given without names, each read by one person and approved by another"
    return facts


def _decisions(steps: tuple[Step, ...]) -> Iterator[Block]:
    yield Heading(2, plain("Decisions, oldest first"))
    if not steps:
        yield Paragraph(plain("No decision about codes or themes is written down yet."))
        return
    rows = tuple((step.on, step.who, step.what, step.why or "–") for step in steps)
    yield Table("", ("Day", "Who", "What", "Why"), rows)


def _tree(work: CodingWork) -> Iterator[Block]:
    yield Heading(2, plain("The coding tree"))
    rows = tuple(
        (f"{'    ' * depth}{code.name}", code.definition)
        for depth, code in in_tree_order(codebook_now(work).codes)
    )
    yield Table("", ("Code", "What it means"), rows)


def _journal(entries: tuple[JournalEntry, ...]) -> Iterator[Block]:
    if entries:
        yield Heading(2, plain("The reflexive journal"))
        yield ItemList(tuple(plain(f"{one.on}, {one.by}, {_about(one)}: {one.text}") for one in entries))


def _about(entry: JournalEntry) -> str:
    return f"{entry.kind}, about {entry.about}" if entry.about else entry.kind


def _checklist(number: int, facts: dict[str, str]) -> Iterator[Block]:
    found = checklists()[number]
    yield Heading(2, plain(found.name))
    yield Paragraph(plain(f"Source: {found.source}. The wording of the items is coprod’s."), "small")
    rows = tuple((one.item, one.asks, facts.get(one.fact, NOT_RECORDED)) for one in found.items)
    yield Table("", ("Item", "What it asks", "What was done"), rows)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
