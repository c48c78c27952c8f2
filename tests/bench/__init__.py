"""How fast the site is built and previewed, and how much a reader's browser loads: `make bench`.

These are measurements, not tests: each is printed beside what the project demands of itself.
"""
