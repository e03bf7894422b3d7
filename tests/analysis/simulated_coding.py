"""Simulated answers with simulated codes: the subject each was put together from. Nobody said or coded any of this."""

import random

import numpy as np
import numpy.typing as npt

from .simulated_answers import ENDINGS, OPENINGS, SUBJECTS

CODES = tuple(sorted(SUBJECTS))


def simulated_coding(number: int, seed: int = 1) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Give answers on one or two subjects, and which."""
    chance = random.Random(seed)  # noqa: S311  made-up text needs no secrecy
    texts, given = [], np.zeros((number, len(CODES)), dtype=bool)
    for row in range(number):
        subjects = chance.sample(CODES, chance.choice((1, 1, 2)))
        said = " and ".join(chance.choice(SUBJECTS[subject]) for subject in subjects)
        texts.append(chance.choice(OPENINGS) + said + chance.choice(ENDINGS))
        given[row] = [code in subjects for code in CODES]
    return texts, given
