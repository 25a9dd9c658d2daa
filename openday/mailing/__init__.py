"""From a thing that happened to a row in the outbox, and from the row to SMTP."""
