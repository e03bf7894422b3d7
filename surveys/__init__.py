"""Asking: questionnaires, interviews, sealing, boxes, bundles, withdrawal."""
