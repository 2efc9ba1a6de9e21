"""The answer in words: plans, what they measure, and their file."""
