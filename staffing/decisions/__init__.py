"""Questions that people ask of a scenario and a plan, one module each, and their answers."""
