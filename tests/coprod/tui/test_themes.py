"""Every pair of colours that meet on a screen can be told apart."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from textual.color import Color

from coprod.tui import colours, themes

STYLES = Path(themes.__file__).parent / "styles"


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", themes.THEMES)
def test_text_and_marks_stand_out(name: str) -> None:
    theme = themes.THEMES[name]
    text, marks = (7.0, 7.0) if name == "coprod-contrast" else (4.5, 3.0)
    for pairs, least in ((themes.TEXT_PAIRS, text), (themes.MARK_PAIRS, marks)):
        for ink, paper in pairs:
            got = contrast(theme.variables[ink], theme.variables[paper])
            assert got >= least, f"{name}: {ink} on {paper} is {got:.2f}"


def test_styles_use_the_colours_that_are_computed_and_no_others() -> None:
    # Nothing ever stands on the colour that beckons a worker.
    known = {name for pair in (*themes.TEXT_PAIRS, *themes.MARK_PAIRS) for name in pair} | {"beckoning"}
    sources = [*STYLES.glob("*.tcss"), *STYLES.parent.rglob("*.py")]
    for source in sources:
        text = source.read_text("utf-8")
        used = set(re.findall(r"\$([a-z][a-z-]*)", text))
        assert used <= known, f"{source.name} uses {used - known}"
        assert not re.search(r"#[0-9a-fA-F]{6}", text) or source.name == "colours.py"


def test_no_two_steps_of_grey_are_the_same() -> None:
    for theme in (themes.DARK, themes.LIGHT):
        greys = [theme.variables[name] for name in ("paper", "band", "mark", "quiet", "ink")]
        for one, other in pairwise(greys):
            assert contrast(one, other) > 1.1


def test_the_colour_that_beckons_a_worker_is_the_same_in_every_theme() -> None:
    assert {theme.variables["beckoning"] for theme in themes.THEMES.values()} == {colours.BECKONING}
