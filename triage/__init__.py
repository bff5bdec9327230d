"""Flags customers' complaints in a shop's inbox and lays replies in its Drafts folder."""

__version__ = "0.1.0"
