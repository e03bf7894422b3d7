"""One interview: a state machine, its pages and the words on them."""
