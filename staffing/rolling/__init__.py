"""Rolling on: the same work from a later first week, to the cent and the quarter of an hour."""
