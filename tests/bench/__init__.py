"""How fast the site is built, refreshed, loaded and searched, and how large it gets: figures, not tests.

`make bench` runs all of it. Invented corpora and their sites lie in memory where there is room, and go when measured.
"""
