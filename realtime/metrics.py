"""What an operator sees of the realtime node. No label holds an id."""

from typing import Final

from prometheus_client import Counter, Gauge

from tracker.tally import Tallies

sockets: Final = Gauge("lockstep_sockets", "Open sockets that said hello.")
unauthenticated_sockets: Final = Gauge("lockstep_unauthenticated_sockets", "Open sockets that have yet to say hello.")
served_boards: Final = Gauge("lockstep_served_boards", "Boards that somebody watches on this node.")
lagging_sessions: Final = Gauge("lockstep_lagging_sessions", "Sockets whose reader is too slow just now.")

deliveries: Final = Tallies("lockstep_deliveries", "Changes handed to sockets.").of()
announcements: Final = Tallies("lockstep_announcements", "Announcements heard.").of()
unparsable_announcements: Final = Counter(
    "lockstep_unparsable_announcements", "Announcements that made no sense; dropped."
)
repaired_changes: Final = Counter(
    "lockstep_repaired_changes", "Changes read from the log because no announcement brought them in time."
)
log_reads: Final = Counter("lockstep_log_reads", "Queries of the change log by the realtime node.", ["purpose"])
resyncs: Final = Counter("lockstep_resyncs", "Watches ended by the server.", ["reason"])
closes: Final = Counter("lockstep_closes", "Sockets closed by the server.", ["code"])
bad_messages: Final = Counter("lockstep_bad_messages", "Messages of clients that broke the contract.")
probes_lost: Final = Counter(
    "lockstep_probes_lost", "Times that this node did not hear its own word, and connected anew to Redis."
)
deaf: Final = Gauge("lockstep_deaf", "1 while announcements cannot be heard and changes are read from the log.")
feed_connects: Final = Counter("lockstep_feed_connects", "Connections of the feed to Redis.")
