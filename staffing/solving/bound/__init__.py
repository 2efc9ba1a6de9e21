"""The relaxation: prices for hours and money, and what tied tasks would cost at these prices."""
