"""The campaign team's screens: findings beside the text, and the way to release."""
