"""PostgreSQL and Valkey out of wheels, for running Lockstep with nothing else installed."""
