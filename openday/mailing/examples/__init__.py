"""Every kind of mail with invented facts: what ``openday mail preview`` shows and the tests hold to the rules."""
