"""Sealing: keys, boxes, bundles, opening, and taking answers back."""
