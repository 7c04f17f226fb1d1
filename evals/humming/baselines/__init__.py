"""Two simple ways to look a hum up, for comparison only; the product uses neither."""
