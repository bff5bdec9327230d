"""triage under systemd: the units, and what is asked of systemd to have them run."""
