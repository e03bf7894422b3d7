"""The map: young people's shared themes beside an analyst's codes on the same cards, and where they differ."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from analysis.themes.sorting import SharedTheme

Nearness = Literal["the same", "mostly the same", "partly the same", "different"]
STEPS: tuple[tuple[float, Nearness], ...] = (
    (0.8, "the same"),
    (0.5, "mostly the same"),
    (0.25, "partly the same"),
)
FEWEST_COMPARED = 5


class Beside(Struct, frozen=True):
    """A theme of young people and an analyst's code, with the share of their cards they have in common (Jaccard)."""

    theme: str
    code: str
    share: float

    @property
    def nearness(self) -> Nearness:
        """Give the share in words, which is all that is printed: it gives no card's code away."""
        return next((words for least, words in STEPS if self.share >= least), "different")


class SortingMap(Struct, frozen=True):
    """Every theme with its nearest code, themes no code is near to, codes no theme is near to, and all pairs that are near."""

    nearest: tuple[Beside, ...]
    only_young_people: tuple[str, ...]
    only_analyst: tuple[str, ...]
    near: tuple[Beside, ...]


def sorting_map(themes: Sequence[SharedTheme], codes: Mapping[str, frozenset[int]]) -> SortingMap:
    """Give the map. `codes` holds for each code's name the cards that have it; only cards an analyst judged are compared."""
    pairs = [
        Beside(theme.name, code, _share(frozenset(theme.cards), cards))
        for theme in themes
        for code, cards in sorted(codes.items())
    ]
    near = tuple(pair for pair in pairs if pair.nearness != "different")
    nearest = tuple(
        max((pair for pair in pairs if pair.theme == theme.name), key=lambda pair: pair.share)
        for theme in themes
        if codes
    )
    met_themes, met_codes = {pair.theme for pair in near}, {pair.code for pair in near}
    return SortingMap(
        nearest,
        tuple(theme.name for theme in themes if theme.name not in met_themes),
        tuple(sorted(code for code in codes if code not in met_codes)),
        near,
    )


def _share(first: frozenset[int], second: frozenset[int]) -> float:
    either = len(first | second)
    return len(first & second) / either if either else 0.0
