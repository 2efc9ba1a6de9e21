"""Plans on a terminal: tables of hours, people, clients and what waits, as functions of a frozen plan."""
