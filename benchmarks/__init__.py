"""How fast and how good the planner is, on agencies made up by a seed, next to what else there is."""
