"""From raw planner traces to a linked, searchable site."""
