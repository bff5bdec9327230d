"""Private servers for the tests: Dovecot, a scripted one, one in memory, a bad network."""
