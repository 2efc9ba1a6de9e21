"""What would it take: for each kind of change the least with which a task that waits, or is late, is delivered."""
