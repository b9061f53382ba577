"""Words: the lexicon, and prompts as scenes (specs). Nothing here knows a pixel."""
