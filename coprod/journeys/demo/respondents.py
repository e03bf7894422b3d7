"""Simulated young people for the demo: they answer through the real interview, in made-up words.

Only `coprod.journeys.demo` imports this module, so no real session can reach it or its seed.
"""

import random
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from coprod.kernel.wording import LANGUAGES, Language
from coprod.kernel.yamlfile import load_yaml_text
from surveys.interviews.composed import MARKS
from surveys.interviews.events import (
    Choose,
    ChooseEnd,
    Continue,
    Decline,
    Event,
    GoToEnd,
    MarkWord,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    Write,
)
from surveys.interviews.interview import Interview, begin, page, step
from surveys.interviews.pages import Page
from surveys.questionnaires.questionnaire import Questionnaire

Ending = Literal["sends", "sends-early", "stops", "throws-away"]
AGE_BANDS = ("age-11-15", "age-16-25")
MOST_STEPS = 500


class Stock(Struct, frozen=True, forbid_unknown_fields=True):
    """What simulated young people say: sentences by subject, and how likely each choice is."""

    format: Literal[1]
    simulated: bool
    answers_to: dict[str, tuple[str, ...]]
    answers_otherwise: tuple[str, ...]
    likely: dict[str, dict[str, int]]
    likely_anywhere: dict[str, int]
    subjects: dict[str, tuple[str, ...]]


class Person(Struct, frozen=True):
    """A simulated young person.

    `content` says from 0 to 1 how well services treated them. They skip, decline and agree to be
    quoted with the given chances. Anyone who leaves early does so after `pages_before_leaving`.
    """

    age: str
    content: float
    skips: float
    declines: float
    agrees_to_quotes: float
    ending: Ending = "sends"
    pages_before_leaving: int = 0
    switches_to: Language | None = None
    withdraws: bool = False


@cache
def simulated_stock() -> Stock:
    """Give the made-up sentences that come with coprod."""
    text = resources.files("coprod.journeys.demo").joinpath("simulated.yaml").read_text("utf-8")
    return load_yaml_text(text, "simulated.yaml", Stock).value


def simulated_people(count: int, chance: random.Random) -> tuple[Person, ...]:
    """Give `count` people, of whom the first who sends takes the answers back later.

    Of each ten, one stops, one throws the answers away on the last page and one sends only a part.
    """
    people = [_person(number, chance) for number in range(count)]
    chance.shuffle(people)
    first = next((number for number, person in enumerate(people) if person.ending == "sends"), None)
    return tuple(
        replace(person, withdraws=True) if number == first else person for number, person in enumerate(people)
    )


def simulated_panel(count: int, chance: random.Random) -> tuple[Person, ...]:
    """Give `count` people who mostly like what they are shown and who all send what they think of it."""
    return tuple(
        replace(person, content=0.5 + person.content / 2, ending="sends", withdraws=False)
        for person in simulated_people(count, chance)
    )


def _person(number: int, chance: random.Random) -> Person:
    endings: dict[int, Ending] = {3: "stops", 6: "throws-away", 9: "sends-early"}
    return Person(
        age=AGE_BANDS[chance.random() < 0.55],
        content=chance.random(),
        skips=chance.choice((0.02, 0.05, 0.15)),
        declines=chance.choice((0.0, 0.02, 0.1)),
        agrees_to_quotes=chance.choice((0.2, 0.8, 1.0)),
        ending=endings.get(number % 10, "sends"),
        pages_before_leaving=chance.randint(3, 8),
        switches_to="cy" if number % 12 == 5 else None,
    )


def simulate_interview(questionnaire: Questionnaire, person: Person, chance: random.Random) -> Interview:
    """Give the interview after one simulated person has gone through it: sent, or erased.

    What they answer depends on `chance` alone; choices come in a fresh order that nobody can foretell.
    Raises RuntimeError if it does not end, which would be a mistake in the interview.
    """
    interview = begin(questionnaire, "en", languages=LANGUAGES, shuffled=_foretold_by_nobody)
    answered = 0
    for _ in range(MOST_STEPS):
        now = page(interview)
        if now.stage in {"sent", "erased"}:
            return interview
        answered += now.stage == "questions"
        for event in _events(now, person, answered, chance):
            interview = step(interview, event)
    raise RuntimeError("the interview did not end")


def _foretold_by_nobody(choices: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(random.SystemRandom().sample(choices, len(choices)))


def _events(now: Page, person: Person, answered: int, chance: random.Random) -> tuple[Event, ...]:
    """Give what a person does on one page."""
    if now.stage == "look-back":
        return (ThrowAway(),) if person.ending == "throws-away" else (Send(),)
    if now.stage != "questions":
        return (Continue(),)
    if person.switches_to is not None and answered == 1:
        return (SwitchLanguage(person.switches_to), *_reply(now, person, chance))
    if answered > person.pages_before_leaving and person.ending in {"stops", "sends-early"}:
        return (Stop(),) if person.ending == "stops" else (GoToEnd(),)
    return _reply(now, person, chance)


def _reply(now: Page, person: Person, chance: random.Random) -> tuple[Event, ...]:
    if now.kind != "note" and chance.random() < person.declines:
        return (Decline(),)
    if chance.random() < person.skips:
        return (Skip(),)
    return (*_answers(now, person, chance), Continue())


def _answers(now: Page, person: Person, chance: random.Random) -> tuple[Event, ...]:  # noqa: PLR0911  one line for each kind
    match now.kind:
        case "choose-one" | "cards" | "paired":
            return (Choose(_one_choice(now, person, chance)),)
        case "best-worst":
            most, least = _drawn(now, chance, 2)
            return (ChooseEnd("most", most), ChooseEnd("least", least))
        case "highlighter":
            return (MarkWord(chance.randint(1, len(now.passage)), chance.choice(MARKS)),)
        case "choose-many":
            return tuple(Choose(choice) for choice in _drawn(now, chance, chance.randint(1, 3)))
        case "faces" | "likert" | "frequency":
            return (Choose(now.choices[_point(len(now.choices) - 1, person, chance)].id),)
        case "ranking":
            return (Rank(_drawn(now, chance, chance.choice((2, len(now.choices))))),)
        case "number":
            return (Rate(_point(10, person, chance)),)
        case "text":
            return (Write(_words(now.question, chance), chance.random() < person.agrees_to_quotes),)
        case _:
            return ()


def _one_choice(now: Page, person: Person, chance: random.Random) -> str:
    if person.age in _names(now):
        return person.age
    return _drawn(now, chance, 1)[0]


def _names(now: Page) -> tuple[str, ...]:
    """Give the choices of a page by name, so that the order on the screen decides nothing."""
    return tuple(sorted(choice.id for choice in now.choices))


def _drawn(now: Page, chance: random.Random, count: int) -> tuple[str, ...]:
    """Give up to `count` different choices, the likely ones more often."""
    stock = simulated_stock()
    likely = {**stock.likely_anywhere, **stock.likely.get(now.question, {})}
    left = [name for name in _names(now) if likely.get(name, 1) > 0]
    drawn: list[str] = []
    while left and len(drawn) < count:
        weights = [likely.get(name, 1) for name in left]
        drawn.append(chance.choices(left, weights)[0])
        left.remove(drawn[-1])
    return tuple(drawn)


def _point(most: int, person: Person, chance: random.Random) -> int:
    """Give a point of a scale from 0 to `most`, around how well the person was treated."""
    return min(most, max(0, round(chance.gauss(person.content * most, most / 5))))


def _words(question: str, chance: random.Random) -> str:
    """Give one or two made-up sentences about one subject."""
    stock = simulated_stock()
    subject = chance.choice(stock.answers_to.get(question, stock.answers_otherwise))
    return " ".join(chance.sample(stock.subjects[subject], chance.choice((1, 2, 2))))
