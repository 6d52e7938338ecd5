"""A board with some weeks of life on it, for looking around."""
