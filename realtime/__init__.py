"""The socket node: sessions, hub, feed, presence. It decides nothing about tasks."""
