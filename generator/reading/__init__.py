"""The files that hold seeds."""
