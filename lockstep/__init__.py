"""The program: composes a node, runs it, and brings its own servers when none are given."""
