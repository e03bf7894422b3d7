"""The first line of every questionnaire that is made from a material: by it a review is told from a survey."""

QUESTIONNAIRE_REMARK = (
    "# Made by coprod from the material beside it. Changing a word here makes it another questionnaire."
)


def is_review(questionnaire: str) -> bool:
    """Tell whether the text of a questionnaire was made from a material: its comments are for the campaign team."""
    return questionnaire.startswith(QUESTIONNAIRE_REMARK)
