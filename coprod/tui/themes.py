"""The three themes. Every pair of colours used together is computed in a test."""

from textual.theme import Theme

ROLES = ("ink", "paper", "band", "quiet", "mark", "accent", "chosen", "fine", "careful", "stop")
# What Textual would derive by itself, set to one of our ten, so that every pair on a screen is one we computed.
DERIVED = {
    "text": "ink",
    "text-muted": "quiet",
    "text-disabled": "quiet",
    "border": "accent",
    "border-blurred": "mark",
    "footer-foreground": "ink",
    "footer-background": "band",
    "footer-key-foreground": "accent",
    "footer-description-foreground": "ink",
    "block-cursor-foreground": "paper",
    "block-cursor-background": "accent",
    "block-cursor-blurred-foreground": "ink",
    "block-cursor-blurred-background": "band",
    "block-hover-background": "band",
    "input-cursor-foreground": "paper",
    "input-cursor-background": "ink",
    "input-selection-background": "band",
    "input-selection-foreground": "ink",
    "scrollbar": "mark",
    "scrollbar-hover": "accent",
    "scrollbar-active": "accent",
    "scrollbar-background": "paper",
    "scrollbar-background-hover": "paper",
    "scrollbar-background-active": "paper",
    "scrollbar-corner-color": "paper",
}
# The plain colour that asks a worker over: the same in every theme, so that a worker knows it.
BECKONING = "#f2a900"


def _theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    """Make a theme from the ten colours that the styles use."""
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=colours["accent"],
        accent=colours["accent"],
        success=colours["fine"],
        warning=colours["careful"],
        error=colours["stop"],
        foreground=colours["ink"],
        background=colours["paper"],
        surface=colours["paper"],
        panel=colours["band"],
        dark=dark,
        luminosity_spread=0.0,
        text_alpha=1.0,
        variables={role: colours[role] for role in ROLES}
        | {derived: colours[role] for derived, role in DERIVED.items()}
        | {"beckoning": BECKONING},
    )


DARK = _theme(
    "coprod-dark",
    {
        "ink": "#e8e6e1",
        "paper": "#16181c",
        "band": "#23272e",
        "quiet": "#a9adb5",
        "mark": "#767d88",
        "accent": "#7cc7c3",
        "chosen": "#1f3f3f",
        "fine": "#93cf96",
        "careful": "#e3c27a",
        "stop": "#f2a097",
    },
    dark=True,
)
LIGHT = _theme(
    "coprod-light",
    {
        "ink": "#1d1f22",
        "paper": "#fbfaf7",
        "band": "#ebe8e1",
        "quiet": "#54585f",
        "mark": "#777b82",
        "accent": "#00605c",
        "chosen": "#d5ebe8",
        "fine": "#22612c",
        "careful": "#704c00",
        "stop": "#99241c",
    },
    dark=False,
)
CONTRAST = _theme(
    "coprod-contrast",
    {
        "ink": "#ffffff",
        "paper": "#000000",
        "band": "#1c1c1c",
        "quiet": "#ffffff",
        "mark": "#ffffff",
        "accent": "#ffee00",
        "chosen": "#1c1c1c",
        "fine": "#ffffff",
        "careful": "#ffee00",
        "stop": "#ffee00",
    },
    dark=True,
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}

# Text beside its background, and marks (borders, bars, carets) beside theirs, as the styles use them.
TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "band"),
    ("ink", "chosen"),
    ("quiet", "paper"),
    ("quiet", "band"),
    ("accent", "paper"),
    ("accent", "band"),
    ("accent", "chosen"),
    ("fine", "paper"),
    ("careful", "paper"),
    ("careful", "band"),
    ("stop", "paper"),
    ("stop", "band"),
    ("paper", "accent"),
)
MARK_PAIRS = (("mark", "paper"), ("accent", "paper"), ("stop", "paper"))
