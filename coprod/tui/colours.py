"""The ten colours of each theme, by what they are for. Every pair used together is computed in a test."""

from collections.abc import Mapping

DEFAULT = "coprod-dark"
COLOURS: Mapping[str, Mapping[str, str]] = {
    "coprod-dark": {
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
    "coprod-light": {
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
    "coprod-contrast": {
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
}
# The plain colour that asks a worker over: the same in every theme, so that a worker knows it.
BECKONING = "#f2a900"
