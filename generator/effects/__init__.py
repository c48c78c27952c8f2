"""The difference that a change of the seeds makes to readers: two corpora compared, and a report."""
