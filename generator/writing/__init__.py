"""docs/, brought up to date: all of it or nothing."""
