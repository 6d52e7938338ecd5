"""Background work: what is old is taken away."""
