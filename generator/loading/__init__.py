"""Text of one seed -> its record and its problems; nothing here reads files."""
