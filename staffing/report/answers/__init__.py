"""Answers to questions as sections of a page, each drawn from its document alone."""
