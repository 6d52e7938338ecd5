"""The domain: records, commands, changes, rules, access, storage, and the one door for writes."""
