"""Load: the benchmark with its peers, and user journeys. README.md tells how to run them."""
