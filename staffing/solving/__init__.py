"""The solving core: the only package that knows OR-Tools. It sees a Problem and gives solutions by index."""
