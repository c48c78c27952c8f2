"""Records -> the corpus, and what is known of it as a whole."""
