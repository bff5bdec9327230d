"""Floor 2: the configuration file becomes frozen records, or the complete list of its problems."""

from triage.config.file import (
    SYSTEM_CONFIG,
    SYSTEM_STATE,
    find,
    load,
    state_folder,
    usual_places,
)
from triage.config.shape import Config, parse
from triage.config.table import Problem

__all__ = [
    "SYSTEM_CONFIG",
    "SYSTEM_STATE",
    "Config",
    "Problem",
    "find",
    "load",
    "parse",
    "state_folder",
    "usual_places",
]
