"""Background work: reminders, recurrences, digests, backups."""
