"""Reading a coordinator's list of activities: a row becomes an event, or is refused with a reason."""
