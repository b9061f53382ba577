"""When and where pictures are made: which share a call, what stays loaded, what is made once more."""
