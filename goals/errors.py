"""Refusals of `goals`."""

from registry.errors import Conflict


class RegionsNotLoaded(Conflict):
    """Plans belong to regions that are not there yet; `regions` names their codes."""

    code = "regions_not_loaded"
