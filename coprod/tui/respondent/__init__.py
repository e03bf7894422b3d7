"""What a young person sees: a visit is a value, a view is what to draw of it, a sheet draws it."""
