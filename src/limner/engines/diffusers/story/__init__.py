"""A series' prompt as a prompt for each of its pictures: words only, no request and no checkpoint."""
