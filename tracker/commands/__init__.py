"""What somebody can ask for. One file per noun; each command knows who may, what it touches and what it does."""
