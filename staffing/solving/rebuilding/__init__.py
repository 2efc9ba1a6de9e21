"""Rebuilding plans: compiled, because it is done a hundred thousand times a second."""
