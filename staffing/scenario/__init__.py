"""A scenario: what a planner writes, as frozen records."""
