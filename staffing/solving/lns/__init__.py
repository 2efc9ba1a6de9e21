"""Large neighbourhood search: CP-SAT on parts of a plan."""
