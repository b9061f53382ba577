"""The Seedream image contract as cases that take a base URL.

Every case drives a server from outside, through the official SDKs or plain HTTP; nothing here knows
Limner's own modules, so that any server can be held against it. Start at suite.CASES and runner.run.
"""
