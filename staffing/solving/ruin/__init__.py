"""Ruin and recreate: some tasks are taken out of a plan and put back in another way, again and again."""
