"""Simulated answers on five subjects, put together by rule: nobody said any of this."""

import random

SUBJECTS = {
    "waiting": [
        "the waiting time was long",
        "I had a long wait",
        "waited two hours to be seen",
        "the waiting list is too long",
    ],
    "worker": [
        "my worker is kind and friendly",
        "friendly staff",
        "she was kind and polite",
        "the nurse was friendly and nice",
    ],
    "phone": [
        "nobody answers the phone",
        "answer the phone faster please",
        "they rang me on my phone",
        "my phone call was missed",
    ],
    "travel": [
        "the bus takes ages",
        "they paid for a taxi",
        "a lift from the driver helped",
        "the taxi driver came",
    ],
    "privacy": [
        "keep it private",
        "they said it was confidential",
        "I want more privacy",
        "a private room would be good",
    ],
}
OPENINGS = ["", "I think ", "Honestly, ", "For me ", "Last time ", "Mostly ", "They know "]
ENDINGS = ["", ".", " again.", " for us", " this year", " most weeks", "!"]
NOTHINGS = ["Did not answer", "nothing", "n/a", "", "None.", "."]


def simulated_answers(number: int, seed: int = 1) -> list[str]:
    """Give simulated answers, one in ten of them saying nothing."""
    chance = random.Random(seed)  # noqa: S311  made-up text needs no secrecy
    subjects = sorted(SUBJECTS)
    return [
        chance.choice(NOTHINGS)
        if place % 10 == 9
        else chance.choice(OPENINGS) + chance.choice(SUBJECTS[subjects[place % 5]]) + chance.choice(ENDINGS)
        for place in range(number)
    ]
