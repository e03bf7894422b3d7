"""Short comments to measure on: somebody's own, or simulated ones, repeated and perturbed until there are enough."""

import random
from pathlib import Path

import polars as pl

from analysis.inputs.responses import read_responses
from analysis.inputs.texts import says_something

WHO = [
    "the staff",
    "my worker",
    "the nurse",
    "the doctor",
    "a driver",
    "reception",
    "everyone",
    "nobody",
    "the school nurse",
    "they",
]
DID = ["listened to me", "was kind and friendly", "rang me back", "didn’t explain anything", "kept me waiting for two hours",
       "gave me clear information", "helped with transport", "answered the phone", "made me feel at ease", "cancelled my appointment",
       "believed me", "treated me with respect", "was rude", "arrived late", "sorted everything out quickly"]  # fmt: skip
WHEN = [
    "",
    " last week",
    " every time",
    " in the evening",
    " when I was worried",
    " — brilliant ❤️",
    " and that matters",
    ", thanks",
    "!!",
]


def comments(number: int, file: Path | None, column: str) -> pl.Series:
    """Give `number` comments: those of a file's column, or simulated, each with a word dropped, doubled or misspelt."""
    stock = (
        _read(file, column)
        if file
        else [f"{who.capitalize()} {did}{when}." for who in WHO for did in DID for when in WHEN]
    )
    chance = random.Random(1)
    return pl.Series("text", [_perturbed(chance.choice(stock), chance) for _ in range(number)])


def _read(file: Path, column: str) -> list[str]:
    texts = read_responses(file).texts(column)
    return texts.filter(says_something(texts)).to_list()


def _perturbed(text: str, chance: random.Random) -> str:
    words = text.split()
    place = chance.randrange(len(words))
    match chance.randrange(4):
        case 0 if len(words) > 1:
            del words[place]
        case 1:
            words.insert(place, words[place])
        case 2 if len(words[place]) > 3:
            words[place] = words[place][1] + words[place][0] + words[place][2:]
        case _:
            words.append(chance.choice(WHO))
    return " ".join(words)
