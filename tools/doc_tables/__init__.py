"""The parts of docs/ that follow from the code, each a function that gives Markdown."""
