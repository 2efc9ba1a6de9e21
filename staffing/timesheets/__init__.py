"""What was really worked: from timesheets to rows of ``worked`` in a scenario."""
