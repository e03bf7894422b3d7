"""From a material to its release: checks, panels, decisions, sign-off."""
