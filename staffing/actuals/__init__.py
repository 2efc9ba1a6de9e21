"""What was really worked: from timesheets to a scenario that knows what is done and spent."""
