"""Widgets that both apps use; each draws its own lines and knows which of them was touched."""
