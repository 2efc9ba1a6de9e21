"""What is in the way of a task, reckoned from scenario and plan alone: nothing is searched."""
