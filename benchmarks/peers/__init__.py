"""Other engines on the same scenarios; each reads the scenario itself and shares no rule with the planner."""
