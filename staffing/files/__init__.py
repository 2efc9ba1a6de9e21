"""Scenario files: one tree from YAML, TOML or JSON, with the place of every value and what-if changes applied."""

from staffing.files.read import read_tree, tree_of
from staffing.files.tree import Place, Tree
from staffing.files.what_if import change

__all__ = ["Place", "Tree", "change", "read_tree", "tree_of"]
