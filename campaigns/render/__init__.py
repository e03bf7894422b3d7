"""Drawing documents of blocks: web page, poster, card, text, report."""

from campaigns.render.drawing import DEFAULT_THEME, ENDINGS, MATERIAL_KINDS, Kind, Permit, draw

__all__ = ["DEFAULT_THEME", "ENDINGS", "MATERIAL_KINDS", "Kind", "Permit", "draw"]
