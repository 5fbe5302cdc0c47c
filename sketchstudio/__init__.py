"""A drawing app in which a person and a neural network draw together."""

__version__ = "0.1.0"
