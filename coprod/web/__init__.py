"""The interview as a page, for tablets in the room. The only package that opens a socket."""
