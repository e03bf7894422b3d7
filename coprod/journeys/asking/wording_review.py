"""A questionnaire is a text too: a material made from its wordings goes to a panel and is signed off like any other."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct, structs

from campaigns.materials.material import FrontMatter, load_material
from campaigns.releasing.binding import content_hash, parts_of
from campaigns.releasing.signing import load_approvers
from campaigns.releasing.signoff import SIGNOFF_FILE, is_intact, load_signoff
from coprod.journeys.checking.panels import MATERIAL_FILE, registry_of
from coprod.kernel.contacts import Audience, Nation
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Wording
from coprod.workspace import Workspace
from surveys.interviews.choices import offered_by
from surveys.questionnaires.piping import PIPE
from surveys.questionnaires.questionnaire import (
    ADULT,
    LARGEST_FILE,
    Questionnaire,
    parse_questionnaire,
    youngest_of,
)
from surveys.questionnaires.questions import Number

PREFIX = "wording-"
NOT_TRIED = Wording("Young people have not tried it yet", "Dyw pobl ifanc ddim wedi rhoi cynnig arno eto")
TRIED = Wording("Young people have tried it out", "Mae pobl ifanc wedi rhoi cynnig arno")
SIGNED_OFF = "tried on a panel, and signed off"
REVIEWED_FOR = timedelta(days=365)
CONTENT_NOTE = (
    "These are the questions of a questionnaire. Some may be about health, safety or blame. You are not asked to answer "
    "them. We ask if the words are right. You can stop at any time."
)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#+!|~-])")


class Terms(Struct, frozen=True):
    """What a material says of itself that its questionnaire does not: where it is for, its help, its next look."""

    nation: Nation
    contacts: tuple[str, ...]
    review_by: date


def prepare_review(workspace: Workspace, questionnaire: Path, today: date) -> Path:
    """Write `campaigns/wording-NAME/material.md` from a questionnaire's wordings and give its path.

    Raises BadInputError for a questionnaire with mistakes, or when other words stand there already: what a
    panel has seen is never replaced without somebody moving it away.
    """
    text = read_text(questionnaire, LARGEST_FILE)
    asked = parse_questionnaire(text, str(questionnaire))
    path = workspace.campaigns / review_name(asked) / MATERIAL_FILE
    settings = workspace.settings
    helps = tuple(
        one.id
        for one in registry_of(workspace).contacts
        if settings.nation in one.nations and "young-people" in one.audiences
    )
    material = wording_material(asked, Terms(settings.nation, helps, today + REVIEWED_FOR))
    if path.exists() and not _holds(asked, path):
        raise BadInputError.of(
            path, "other words stand here already", "move the folder away, then start again"
        )
    if not path.exists():
        write_whole(path, material.encode())
    return path


def review_name(questionnaire: Questionnaire) -> str:
    """Give the name of the material made from a questionnaire."""
    return f"{PREFIX}{questionnaire.survey}"


def review_state(workspace: Workspace, questionnaire: Questionnaire, today: date) -> str:
    """Give how far the wording of a questionnaire has come, in words.

    Raises BadInputError for a material or a sign-off that was edited by hand.
    """
    folder = workspace.campaigns / review_name(questionnaire)
    path = folder / MATERIAL_FILE
    if not path.is_file():
        return f"not tried on a panel yet: coprod surveys panel {questionnaire.survey}"
    if not _holds(questionnaire, path):
        return "the wording was changed after a panel was asked"
    signoff = load_signoff(folder / SIGNOFF_FILE)
    if signoff is None:
        return "waiting for its panel and sign-off"
    signed, material = signoff.signed, load_material(path)
    keys = {one.public_key for one in load_approvers(workspace.campaigns)}
    parts = parts_of(material, folder, signed.theme, registry_of(workspace).contacts)
    if not is_intact(signoff) or signed.approver_key not in keys or content_hash(parts) != signed.content:
        return "the sign-off does not fit these words"
    if signed.expires < today:
        return f"the sign-off ended on {signed.expires}"
    return f"{SIGNED_OFF} by {signed.decisions.approver} on {signed.approved_on}"


def say_it_was_tried(workspace: Workspace, questionnaire: Path, today: date) -> bool:
    """Let the first page say that young people tried the words, once they did and it was signed off.

    Gives whether the file was changed: it is where it said that they had not, as a ready-made one does.
    """
    text = read_text(questionnaire, LARGEST_FILE)
    asked = parse_questionnaire(text, str(questionnaire))
    if not review_state(workspace, asked, today).startswith(SIGNED_OFF):
        return False
    told = text.replace(NOT_TRIED.en, TRIED.en, 1).replace(NOT_TRIED.into("cy"), TRIED.into("cy"), 1)
    if parse_questionnaire(told, str(questionnaire)).made_by == asked.made_by:
        return False
    write_whole(questionnaire, told.encode())
    return True


def wording_material(questionnaire: Questionnaire, terms: Terms) -> str:
    """Give a material in Markdown that holds every English wording of a questionnaire, in order."""
    title = questionnaire.title.en
    youngest = youngest_of(questionnaire)
    audience: Audience = "young-people" if youngest < ADULT else "families"
    front = [
        "---",
        "format: 1",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"audience: {audience}",
        f"nation: {terms.nation}",
        "languages: [en]",
        "formats: [page]",
        f"message: {json.dumps(questionnaire.purpose.en, ensure_ascii=False)}",
        f"content_note: {json.dumps(CONTENT_NOTE)}",
        f"contacts: [{', '.join(terms.contacts)}]",
        f"made_by: {json.dumps(questionnaire.made_by.en, ensure_ascii=False)}",
        f"review_by: {terms.review_by}",
        "---",
    ]
    body = "\n\n".join([f"# {_plain(title)}", _plain(questionnaire.purpose.en), *_questions(questionnaire)])
    return "\n".join(front) + f"\n\n{body}\n"


def _questions(questionnaire: Questionnaire) -> Iterator[str]:
    for page in questionnaire.pages:
        said = [page.ask.en, *([page.help.en] if page.help else []), getattr(page, "passage", "")]
        yield " ".join(_plain(one) for one in said if one)
        labels = [choice.label.en for choice in offered_by(page)]
        if isinstance(page, Number):
            labels = [f"0: {page.low.en}", f"10: {page.high.en}"]
        if labels:
            yield "\n".join(f"- {_plain(label)}" for label in labels)


def _plain(text: str) -> str:
    """Give text with nothing in it that Markdown would take for markup, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(PIPE.sub("…", text).split()))


def _holds(questionnaire: Questionnaire, path: Path) -> bool:
    """Tell whether a material is this questionnaire's wording, whatever its terms."""
    material = load_material(path)
    front = material.front
    if front is None or front.review_by is None:
        return False
    # Who made it is not what a panel tries: it changes once young people have tried the rest.
    asked = structs.replace(questionnaire, made_by=Wording(front.made_by))
    return material.source == wording_material(asked, _terms(front, front.review_by))


def _terms(front: FrontMatter, review_by: date) -> Terms:
    return Terms(front.nation, front.contacts, review_by)
