"""Where finished pictures are kept, and the links that let one be read without a key."""
