"""A second engine, written apart from the product's solver, and the scenarios both are asked."""
