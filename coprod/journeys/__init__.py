"""What takes two rooms."""
