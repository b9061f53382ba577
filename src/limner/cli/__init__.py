"""The command line: one module a command; it only asks the service, or a server, and shows what they say."""
