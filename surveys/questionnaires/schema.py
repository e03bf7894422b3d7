"""The JSON Schema of a questionnaire file as people write it, so that editors complete it."""

from typing import Any

import msgspec

from surveys.questionnaires.questionnaire import Questionnaire

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {
    "type": ["string", "number", "boolean"],
    "description": "English only; a group `en: … cy: …` for both",
}


def questionnaire_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a questionnaire.

    It describes the shape; what only the meaning can say (unknown names, doubled ids, expressions) is
    left to `coprod surveys check`.
    """
    _, shapes = msgspec.json.schema_components((Questionnaire,), ref_template="#/$defs/{name}")
    wording = shapes.pop("Wording")
    root = shapes.pop("Questionnaire")
    return {
        "$schema": _DIALECT,
        **root,
        "title": "coprod questionnaire",
        "$defs": {**shapes, "Wording": {"anyOf": [_PLAIN, wording]}},
    }
