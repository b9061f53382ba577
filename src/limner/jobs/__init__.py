"""Jobs: accepted requests and their lives, from the queue to the rows that are left of them."""
