"""The panel: a material as a questionnaire, and what came back."""
