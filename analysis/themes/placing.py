"""Placing: where the points of a network stand, so that what is tied together stands together."""

from typing import Any

import numpy as np
import numpy.typing as npt

STEPS = 300
FIRST_MOVE = 0.12
NEAREST = 0.01
ROOM = np.array([0.16, 0.09])
NUDGES = 200

Numbers = npt.NDArray[Any]


def placed(ties: Numbers) -> Numbers:
    """Give each point's place, across and down from 0 to 1, the same every time.

    Points push each other away and ties pull them together, from a start on a circle and with ever smaller moves
    (Fruchterman and Reingold 1991, Graph drawing by force-directed placement). `ties` is square and symmetric.
    """
    count = len(ties)
    if count < 2:
        return np.full((count, 2), 0.5)
    turns = 2 * np.pi * np.arange(count) / count
    places = 0.5 + 0.4 * np.column_stack([np.cos(turns), np.sin(turns)])
    wanted = 1 / np.sqrt(count)
    strength = ties / max(float(ties.max()), NEAREST)
    for step in range(STEPS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), NEAREST)
        push = wanted**2 / distance**2 - strength * distance / wanted
        moves = (apart / distance[:, :, None] * (push * distance)[:, :, None]).sum(axis=1)
        moves += (0.5 - places) * 0.1
        length = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), NEAREST)
        most = FIRST_MOVE * (1 - step / STEPS)
        places = places + moves / length * np.minimum(length, most)
    low, high = places.min(axis=0), places.max(axis=0)
    return _with_room((places - low) / np.maximum(high - low, NEAREST))


def _with_room(places: Numbers) -> Numbers:
    """Nudge points apart, up and down, until each has room for a word below it, as far as they all fit from 0 to 1."""
    for _ in range(NUDGES):
        apart = places[:, None, :] - places[None, :, :]
        close = (np.abs(apart) < ROOM).all(axis=2)
        np.fill_diagonal(close, val=False)
        if not close.any():
            break
        upwards = np.where(apart[:, :, 1] == 0, np.sign(np.arange(len(places))[:, None] - np.arange(len(places))), np.sign(apart[:, :, 1]))  # fmt: skip
        short = (ROOM[1] - np.abs(apart[:, :, 1])) * upwards * close
        places = places + np.column_stack([np.zeros(len(places)), short.sum(axis=1) * 0.4])
    low, high = places.min(axis=0), places.max(axis=0)
    spread: Numbers = np.round((places - low) / np.maximum(high - low, NEAREST), 3)
    return spread
