"""You said, we did: from the themes of a report to a campaign material that goes the way of every other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml
from msgspec import structs

from analysis.inputs.responses import Responses
from analysis.reports.yousaid import (
    YOU_SAID_FILE,
    Answered,
    YouSaid,
    closed_with,
    load_you_said,
    you_said_text,
)
from coprod.journeys.understanding.redactions import decided_in
from coprod.journeys.understanding.written import WrittenAnswers, themes_of
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_plain
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

MATERIAL = "you-said-we-did"
LEAST_NAME = 2
CONTACTS = ("childline", "shout", "emergency")
HEADS = {"done": "We did it", "doing": "We are doing it", "not": "We did not do it"}


def start_you_said(
    workspace: Workspace, source: Path, responses: Responses, texts: Sequence[str] = ()
) -> Path:
    """Write the file a team fills in, one theme for each pile of what was written; of a batch, of all its texts.

    Raises BadInputError when the file is there already: what people wrote is never replaced.
    """
    path = you_said_path(workspace)
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "fill it in, or move it away first")
    columns = tuple(texts) or (responses.text_columns if responses.about else ())
    written = [
        WrittenAnswers(responses, column, (), decided_in(workspace, source, responses, column))
        for column in columns
    ]
    names = dict.fromkeys(name for one in written for name in _themes(one))
    surveys = " and ".join(responses.about.titles) if responses.about else ""
    themes = tuple(Answered(name) for name in names) or (Answered("Write the theme here"),)
    write_whole(path, you_said_text(YouSaid(asked=surveys, themes=themes)).encode())
    return path


def you_said_path(workspace: Workspace) -> Path:
    """Give where the file is."""
    return workspace.analysis / YOU_SAID_FILE


def you_said_of(workspace: Workspace) -> YouSaid:
    """Give what the file says. Raises BadInputError with every mistake in it."""
    return load_you_said(you_said_path(workspace))


def add_theme(workspace: Workspace, theme: str) -> YouSaid:
    """Add a theme that people found while reading; begins the file where there is none. Raises BadInputError for one there is."""
    held = you_said_of(workspace) if you_said_path(workspace).exists() else YouSaid()
    name = clean_line(theme)
    if len(name) < LEAST_NAME or name.casefold() in {one.theme.casefold() for one in held.themes}:
        raise BadInputError.of("theme", "a theme needs a name of its own", "type two letters or more")
    return _written(workspace, structs.replace(held, themes=(*held.themes, Answered(name))))


def answer_theme(workspace: Workspace, theme: str, said: Mapping[str, str]) -> YouSaid:
    """Write what is answered to a theme: `you_said`, `decision`, `we_did`, `because`, `owner` and `on`, as typed.

    What is still missing may stay empty; a closed theme is opened again. Raises BadInputError for a theme that is not
    there, a decision that is none, or a day that is no date.
    """
    held = you_said_of(workspace)
    if theme not in {one.theme for one in held.themes}:
        raise BadInputError.of("theme", "there is no such theme any more", "open the board again")
    changed = from_plain({"theme": theme, **_typed(said)}, Answered)
    themes = tuple(changed if one.theme == theme else one for one in held.themes)
    return _written(workspace, structs.replace(held, themes=themes))


def _typed(said: Mapping[str, str]) -> dict[str, object]:
    """Give what was typed as the file takes it. Raises BadInputError for a decision or a day that is none."""
    words: dict[str, object] = {name: clean_line(value) for name, value in said.items() if name != "on"}
    decision, day = str(words.get("decision", "")).lower(), clean_line(said.get("on", ""))
    if decision and decision not in HEADS:
        raise BadInputError.of("decision", "this is no decision", "type done, doing or not")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        raise BadInputError.of("on", "this is no day", "type it like 2027-03-31") from None
    return {**words, "decision": decision, "on": on}


def _written(workspace: Workspace, held: YouSaid) -> YouSaid:
    write_whole(you_said_path(workspace), you_said_text(held).encode())
    return you_said_of(workspace)


def close_themes(workspace: Workspace, wanted: Sequence[str], today: date) -> YouSaid:
    """Close themes, or without names all of them, and give the file as it is now.

    Raises RefusedError listing every theme without an answer; then nothing is closed.
    """
    held = closed_with(you_said_of(workspace), wanted, today)
    write_whole(you_said_path(workspace), you_said_text(held).encode())
    return held


def draw_you_said(workspace: Workspace, today: date) -> Path:
    """Write `campaigns/you-said-we-did/material.md`, which then goes through check, panel and sign-off like any other.

    Raises RefusedError while no theme is closed, BadInputError for a file with mistakes. Themes that are still open
    stand in it as such: nothing that young people said is left out.
    """
    held = you_said_of(workspace)
    if not any(one.closed for one in held.themes):
        raise RefusedError("no theme is closed yet: answer them, then `coprod analysis you-said close`")
    path = workspace.campaigns / MATERIAL / "material.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, material_text(workspace, held, today).encode())
    return path


def material_text(workspace: Workspace, held: YouSaid, today: date) -> str:
    """Give the material as Markdown with its front matter, in plain words.

    No heading speaks of what somebody said: what stands under such a heading the check takes for other people's words,
    and an answer must be checked as the team's own.
    """
    front = {
        "format": 1,
        "title": clean_line(held.title),
        "audience": "young-people",
        "nation": workspace.settings.nation,
        "languages": ["en"],
        "formats": ["page", "poster-a4", "text"],
        "message": "We read what you said, and this is what we did.",
        "action": ACTION,
        "contacts": list(CONTACTS),
        "content_note": "This is about services for young people who have been hurt. You can stop at any time.",
        "made_by": f"{clean_line(workspace.settings.name)}, from what young people said",
        "review_by": date(today.year + 1, today.month, min(today.day, 28)),
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{head}---\n\n" + "\n\n".join(_body(workspace, held)) + "\n"


ACTION = "Tell us what you think of this. You can ask the people named here."


def _body(workspace: Workspace, held: YouSaid) -> Iterator[str]:
    yield f"# {_escaped(held.title)}"
    about = f" about “{_escaped(held.asked)}”" if clean_line(held.asked) else ""
    yield f"Young people told {_escaped(workspace.settings.name)} what they think{about}. We read it all. What you told us is in bold, and what we did is below it."
    yield "You have a right to be heard. What happened to you is never your fault."
    for decision, head in HEADS.items():
        answered = [one for one in held.themes if one.closed and one.decision == decision]
        if answered:
            yield f"## {head}"
        for one in answered:
            yield from _theme(one)
    still_open = [one for one in held.themes if not one.closed]
    if still_open:
        yield "## We have not answered this yet"
        yield "\n".join(f"- {_escaped(one.you_said or one.theme)}" for one in still_open)
    yield "## What you can do"
    yield f"- {ACTION}\n- You can talk to Childline or text Shout. If you are in danger now, call 999."


def _theme(one: Answered) -> Iterator[str]:
    did = f"{_escaped(one.we_did)} " if clean_line(one.we_did) else ""
    yield f"**{_escaped(one.you_said)}**"
    when = {"done": "Since", "doing": "By", "not": "Decided on"}[one.decision]
    day = f" {when} {one.on.day} {one.on:%B %Y}." if one.on else ""
    yield f"{did}{_escaped(one.because)} Ask about it: {_escaped(one.owner)}.{day}"


def _escaped(text: str) -> str:
    """Give a person's words so that Markdown takes them for words; a full stop is taken off where one follows."""
    line = clean_line(text)
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in line)


def _themes(written: WrittenAnswers) -> tuple[str, ...]:
    found = themes_of(written, None, None)
    return tuple(theme.name for theme in found.themes if clean_line(theme.name))
