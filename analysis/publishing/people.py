"""The kinds of people there can be behind a set of releases: which counts each of them is in.

Somebody is there from one version of the data to another, or goes as another comes, and gives one answer, in one group of
each breakdown. One such person more and another fewer is a step of the audit (see `analysis.publishing.walking`).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from analysis.publishing.told import ALL, CAME, LEFT, OTHERS, SEPARATOR, Told, name_of
from analysis.publishing.walking import Kind, People

MOST_GROUPINGS = 24
Lines = Mapping[str, Mapping[str, Sequence[str]]]
Stay = tuple[int, int]


def people_of(told: Told, epochs: int) -> People:
    """Give the kinds of people that differ in how they answer one question, or in which group they are."""
    lines = _lines(told)
    kinds: list[Kind] = []
    pairs: list[tuple[int, int]] = []
    for question in lines:
        stays = len(_stays(epochs))
        answering = list(_answering(told, question, lines, epochs))
        pairs += [
            (len(kinds) + one, len(kinds) + other)
            for one, other in combinations(range(len(answering)), 2)
            if one // stays == other // stays or one % stays == other % stays
        ]
        kinds += [*answering, *_grouped(told, question, lines, epochs)]
    return People(kinds, pairs)


def _lines(told: Told) -> dict[str, dict[str, list[str]]]:
    """Give for each question the groups of each breakdown of it; of no breakdown, the values that are counted."""
    lines: dict[str, dict[str, list[str]]] = {}
    for name in told.ranges:
        first, *rest = name.split(SEPARATOR)
        if not first.isdecimal():
            continue
        question, by, level, value = rest
        groups = lines.setdefault(question, {"": []})
        if value not in {ALL, *OTHERS} and value not in groups[""]:
            groups[""].append(value)
        if by and level not in groups.setdefault(by, []):
            groups[by].append(level)
    return lines


def _answering(told: Told, question: str, lines: Lines, epochs: int) -> Iterator[Kind]:
    """Give people in the same groups for as long, by their answer to a question."""
    values = lines[question][""]
    groupings = [[(by, level) for level in levels] for by, levels in lines[question].items() if by]
    for number, grouping in enumerate(product(*groupings)):
        if number >= MOST_GROUPINGS:
            return
        for stay in _stays(epochs):
            kind = {
                value: _counted(
                    told,
                    [(question, "", "", value), *((question, by, level, value) for by, level in grouping)],
                    stay,
                )
                for value in values
            }
            yield {value: names for value, names in kind.items() if names}


def _grouped(told: Told, question: str, lines: Lines, epochs: int) -> Iterator[Kind]:
    """Give people with the same answer to another question for as long, by their group."""
    broken = [
        (asked, answer) for asked, groups in lines.items() if question in groups for answer in groups[""]
    ]
    for (asked, answer), stay in product(broken, _stays(epochs)):
        levels = lines[asked][question]
        kind = {
            level: _counted(
                told,
                [(question, "", "", level), (asked, question, level, answer), (asked, question, level, ALL)],
                stay,
            )
            for level in levels
        }
        yield {level: names for level, names in kind.items() if names}


def _stays(epochs: int) -> list[Stay]:
    """Give from which version to which somebody can be there; one to the version before it: goes as another comes."""
    return [(start, end) for start in range(epochs) for end in range(start, epochs)] + [
        (start, start - 1) for start in range(1, epochs)
    ]


def _counted(told: Told, cells: Sequence[tuple[str, ...]], stay: Stay) -> list[str]:
    """Give all counts of somebody who is in these cells for a stay."""
    start, end = stay
    names = [name_of(str(epoch), *cell) for cell in cells for epoch in range(start, end + 1)]
    names += [told.within[name] for name in names if name in told.within]
    names += [name_of(CAME, str(start - 1), str(start), *cell) for cell in cells]
    names += [name_of(LEFT, str(end), str(end + 1), *cell) for cell in cells]
    return [name for name in names if name in told.ranges]
