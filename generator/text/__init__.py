"""Words, numbers and names, as text."""
