"""What the benchmark leaves: runs of its planners, evaluations of its judges, rows of its dataset."""
