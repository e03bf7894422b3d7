"""Materials of every kind of file, read into blocks with places."""
