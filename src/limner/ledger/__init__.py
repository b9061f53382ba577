"""What was asked and delivered, by key: jobs, pictures, keys and bills, in a database."""
