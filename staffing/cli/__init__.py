"""The commands: each reads, calls one library function, and prints.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""
