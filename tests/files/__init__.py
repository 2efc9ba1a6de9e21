"""The files a scenario is read from."""
