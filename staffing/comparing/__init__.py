"""Plans side by side: measures with differences to the first, and who does what differently."""
