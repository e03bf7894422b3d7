"""From a checked material to a file on a wall: sign-off, gate, release, verify."""
