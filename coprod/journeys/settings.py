"""What `coprod.toml` holds, changed one thing at a time: each change gives the workspace as it is then, and is on disk."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from coprod.kernel.contacts import AUDIENCES, NATIONS, Audience, HelpContact, digits_of, wrong_number
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import SmallCounts
from coprod.kernel.text import clean_line
from coprod.kernel.wording import Language, Wording
from coprod.workspace import MixGoal, Quorum, Settings, Workspace, save_settings

LANGUAGES: dict[str, tuple[Language, ...]] = {"en": ("en",), "en cy": ("en", "cy"), "cy en": ("cy", "en")}
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "cy": "Welsh"}
SMALL_COUNTS: dict[SmallCounts, str] = {
    "bands": "few, half or most where 10 to 29 answered",
    "rounded": "to the nearest 5",
    "exact": "as they are from 30, with much hidden",
}
FEWEST_ON_A_PANEL = 5


class Setting(Struct, frozen=True):
    """One thing that can be set: what it is, as it stands, both in words."""

    id: str
    words: str
    value: str


class OwnContact(Struct, frozen=True):
    """A help line of one's own area, as somebody typed it."""

    name: str
    call: str = ""
    text: str = ""
    web: str = ""
    hours: str = ""
    cost: str = ""
    offers: str = ""


def settings_of(workspace: Workspace) -> tuple[Setting, ...]:
    """Give everything that can be set, in the order a new service fills it in."""
    settings = workspace.settings
    days = settings.open_within_days
    own = ", ".join(one.name for one in settings.local_contacts)
    return (
        Setting("name", "What young people call the service", settings.name),
        Setting("nation", "Whose law and help lines apply", settings.nation.replace("-", " ").title()),
        Setting("languages", "Languages for young people", language_words(settings.languages)),
        Setting("opener", "Who opens the answers", settings.opener or "nobody yet"),
        Setting("safeguarding_lead", "Safeguarding lead", settings.safeguarding_lead or "nobody yet"),
        Setting("open_within_days", "Opened within", f"{days} working day{'' if days == 1 else 's'}"),
        Setting("small_counts", "Counts in reports", SMALL_COUNTS[settings.small_counts]),
        Setting("quorum", "A panel needs", _quorum_words(settings.quorum)),
        Setting("add_contact", "Help lines of your own area", own or "none yet"),
    )


def language_words(languages: Sequence[Language]) -> str:
    """Give languages in words."""
    return " and ".join(LANGUAGE_NAMES[one] for one in languages)


def with_line(workspace: Workspace, name: str, typed: str) -> Workspace:
    """Give the workspace with a name, an opener or a safeguarding lead as typed. Raises BadInputError for none at all."""
    line = clean_line(typed)
    if not line:
        raise BadInputError.of(name, "nothing is written", "write it, or go back with Esc")
    return _saved(workspace, name, line)


def with_nation(workspace: Workspace, nation: str) -> Workspace:
    """Give the workspace for another nation. Raises BadInputError when there is none of this name."""
    return _saved(workspace, "nation", _known(nation, NATIONS, "nation"))


def with_languages(workspace: Workspace, languages: str) -> Workspace:
    """Give the workspace with the languages named as in LANGUAGES."""
    return _saved(workspace, "languages", LANGUAGES[languages])


def with_small_counts(workspace: Workspace, small_counts: str) -> Workspace:
    """Give the workspace with counts shown another way. Raises BadInputError for a way there is not."""
    return _saved(workspace, "small_counts", _known(small_counts, tuple(SMALL_COUNTS), "small_counts"))


def with_days(workspace: Workspace, typed: str) -> Workspace:
    """Give the workspace with another promise of working days. Raises BadInputError for less than 1 or more than 28."""
    return _saved(workspace, "open_within_days", _number("open_within_days", typed, 1, 28))


def with_quorum(workspace: Workspace, typed: Sequence[str], mix: str) -> Workspace:
    """Give the workspace with how many must review together, one for each of AUDIENCES, and who should be among young people.

    `mix` is written as "2: used services like ours; 1: under 16". Raises BadInputError for what is no number.
    """
    many = [
        _number(one, number, FEWEST_ON_A_PANEL, 100) for one, number in zip(AUDIENCES, typed, strict=True)
    ]
    people = dict(zip(AUDIENCES, many, strict=True))
    least = people.pop("young-people")
    goals = tuple(_goal(part) for part in mix.split(";") if part.strip())
    before = workspace.settings.quorum
    wanted: dict[Audience, tuple[MixGoal, ...]] = {**before.mix, "young-people": goals}
    quorum = Quorum(
        young_people=least,
        people={one: number for one, number in people.items() if number != least},
        mix={one: some for one, some in wanted.items() if some},
    )
    return _saved(workspace, "quorum", quorum)


def quorum_typed(workspace: Workspace) -> tuple[tuple[str, ...], str]:
    """Give what stands in the form of `with_quorum` at first."""
    quorum = workspace.settings.quorum
    mix = "; ".join(f"{goal.least}: {goal.who}" for goal in quorum.mix.get("young-people", ()))
    return tuple(str(quorum.people_for(one)) for one in AUDIENCES), mix


def with_contact(workspace: Workspace, typed: OwnContact, today: date) -> Workspace:
    """Give the workspace with a help line of its own area. It stands in a session once somebody has confirmed it.

    Raises BadInputError when it cannot be reached, a number is wrong, or its name is taken.
    """
    settings = workspace.settings
    name = clean_line(typed.name)
    contact = HelpContact(
        id=re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        name=name,
        offers=Wording(clean_line(typed.offers) or "Somebody to talk to"),
        audiences=("young-people", "families"),
        nations=(settings.nation,),
        hours=Wording(clean_line(typed.hours) or "ask when it is open"),
        cost=Wording(clean_line(typed.cost) or "ask what it costs"),
        source="typed in at the desk",
        read_on=today,
        call=clean_line(typed.call),
        digits=len(digits_of(typed.call)),
        text=clean_line(typed.text),
        web=clean_line(typed.web),
    )
    _refuse_unreachable(contact, {one.id for one in settings.local_contacts})
    return _saved(workspace, "local_contacts", (*settings.local_contacts, contact))


def without_contact(workspace: Workspace, name: str) -> Workspace:
    """Give the workspace without one of its own help lines."""
    settings = workspace.settings
    left = tuple(one for one in settings.local_contacts if one.id != name)
    confirmed = {one: day for one, day in settings.confirmed.items() if one != name}
    return save_settings(workspace, replace(settings, local_contacts=left, confirmed=confirmed))


def _refuse_unreachable(contact: HelpContact, taken: set[str]) -> None:
    if not contact.id:
        raise BadInputError.of("name", "it has no name", "write what young people will read")
    if contact.id in taken:
        raise BadInputError.of("name", "there is one of this name", "take that one out first")
    if not (contact.call or contact.text or contact.web):
        raise BadInputError.of(
            "call", "nobody can reach it", "write a number to call or text, or a web address"
        )
    if wrong := wrong_number(replace(contact, digits=0)):
        raise BadInputError.of("call", wrong.partition(";")[0], "write the whole number again")


def _goal(part: str) -> MixGoal:
    count, _, who = part.partition(":")
    if len(clean_line(who)) < 3:
        raise BadInputError.of("mix", "a number and who are expected", "write it as 2: under 16; 1: boys")
    return MixGoal(clean_line(who), _number("mix", count.strip(), 1, 100))


def _number(name: str, typed: str, least: int, most: int) -> int:
    if not (typed.isdecimal() and len(typed) < 4 and least <= int(typed) <= most):
        raise BadInputError.of(name, f"`{typed}` is no number from {least} to {most}", "write another")
    return int(typed)


def _known(typed: str, known: Sequence[str], name: str) -> str:
    if typed not in known:
        raise BadInputError.of(name, f"`{typed}` is none of them", f"choose one of {', '.join(known)}")
    return typed


def _quorum_words(quorum: Quorum) -> str:
    others = sorted({quorum.people_for(one) for one in AUDIENCES})
    return f"{others[0]} people" if len(others) == 1 else f"{others[0]} to {others[-1]} people"


def _saved(workspace: Workspace, name: str, value: object) -> Workspace:
    plain = {**msgspec.structs.asdict(workspace.settings), name: value}
    return save_settings(workspace, Settings(**plain))
