"""What only the page for tablets says, in English and in draft Welsh."""

from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text


class WebWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `words.yaml`."""

    format: Literal[1]
    says: dict[str, Wording]


@cache
def web_words() -> WebWords:
    """Give the words that come with coprod."""
    text = resources.files("coprod.web").joinpath("words.yaml").read_text("utf-8")
    return load_yaml_text(text, "words.yaml", WebWords).value


def tell(what: str, language: Language, **values: str) -> str:
    """Give one sentence in a language. Raises KeyError for a name `words.yaml` does not have."""
    sentence = web_words().says[what].into(language)
    return sentence.format_map(values) if values else sentence
