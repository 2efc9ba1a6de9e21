"""The scenario by index: integers in grid steps and minor money units."""
