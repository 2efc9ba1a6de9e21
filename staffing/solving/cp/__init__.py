"""The exact model: variables, rules and goals for CP-SAT, and one run of it; alone knows ortools."""
