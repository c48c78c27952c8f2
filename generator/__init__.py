"""From raw planner traces to a linked, searchable site."""

__version__ = "0.1.0"
