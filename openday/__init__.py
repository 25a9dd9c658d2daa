"""openday: a campaign of open days, from the published event to the attendee list."""
