"""The plan in work: its tables, its ledger, and where a task fits."""
