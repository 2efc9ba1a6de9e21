"""Many variants of a scenario solved, at home or on a cluster, kept as they arrive, and told side by side."""
