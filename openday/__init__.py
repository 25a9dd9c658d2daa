"""openday: a campaign of open days, from the published event to the attendee list."""

import gc

gc.set_threshold(50_000, 20, 50)  # hardly anything here is rubbish in a ring: looking for it took a tenth of each start
