"""A site of seeds, by MkDocs: at once or in shares, with what the last run left."""
