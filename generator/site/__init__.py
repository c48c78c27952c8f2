"""The site that MkDocs builds of the pages: its Markdown, its pages on all cores, and what is added to it."""
