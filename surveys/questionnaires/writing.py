"""A questionnaire as the text of a file that a person likes to read and edit."""

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, structs

from coprod.kernel.wording import Wording
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import QuestionPage, kind_of

_FIRST = ("ask", "id", "kind")
_LAST = ("choices",)
_WIDEST = 1_000_000  # one line a text: a folded line is harder to translate side by side
_MAP, _LIST, _TEXT = (f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str"))


def questionnaire_text(questionnaire: Questionnaire) -> str:
    """Give the YAML of a questionnaire: what stands at its default is left out, pages stand apart.

    `parse_questionnaire` gives the same questionnaire back.
    """
    head = _serialised(_group(_fields(questionnaire, leave_out=("pages",))))
    pages = [_serialised(_list([_page(page)])) for page in questionnaire.pages]
    return f"{head}pages:\n" + "\n".join(pages)


def _page(page: QuestionPage) -> yaml.Node:
    written = {"kind": kind_of(page), **dict(_fields(page))}
    middle = [name for name in written if name not in {*_FIRST, *_LAST}]
    order = [name for name in (*_FIRST, *middle, *_LAST) if name in written]
    return _group((name, written[name]) for name in order)


def _fields(struct: Any, leave_out: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give the fields of a struct that differ from their defaults, in their order."""
    for field in structs.fields(struct):
        value = getattr(struct, field.name)
        if field.name not in leave_out and (field.required or value != field.default):
            yield field.encode_name, value


def _group(entries: Any, *, inline: bool = False) -> yaml.Node:
    pairs = [(yaml.ScalarNode(_TEXT, name), _node(name, value)) for name, value in entries]
    return yaml.MappingNode(_MAP, pairs, flow_style=inline)


def _list(nodes: list[yaml.Node], *, inline: bool = False) -> yaml.Node:
    return yaml.SequenceNode(_LIST, nodes, flow_style=inline)


def _node(name: str, value: Any) -> yaml.Node:
    if isinstance(value, Wording):
        return _group(value.written(), inline=name in {"label", "low", "high"})
    if isinstance(value, Struct):
        return _group(_fields(value))
    if isinstance(value, tuple):
        plain = all(isinstance(item, str) for item in value)
        return _list([_node("", item) for item in value], inline=plain)
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", str(value).lower())
    if isinstance(value, int):
        return yaml.ScalarNode("tag:yaml.org,2002:int", str(value))
    return yaml.ScalarNode(_TEXT, value, style="|" if "\n" in value else None)


def _serialised(node: yaml.Node) -> str:
    return str(yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=_WIDEST))
