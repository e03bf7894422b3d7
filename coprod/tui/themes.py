"""The three themes. Every pair of colours used together is computed in a test."""

from textual.theme import Theme

from coprod.tui.colours import BECKONING, COLOURS

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


def _theme(name: str, *, dark: bool) -> Theme:
    """Make a theme from its ten colours."""
    colours = COLOURS[name]
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


DARK = _theme("coprod-dark", dark=True)
LIGHT = _theme("coprod-light", dark=False)
CONTRAST = _theme("coprod-contrast", dark=True)
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
