"""Writing what was worked into a copy of a user's own file, and leaving everything else in it as it is."""
