"""Questions asked of a scenario and a plan."""
