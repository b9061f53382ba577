"""Whether the server in this container can make pictures: the exit code says so. Asks no proxy."""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("LIMNER_PORT", "8000")), timeout=4)
try:
    connection.request("GET", "/readyz")
    status = connection.getresponse().status
except OSError as error:
    sys.exit(f"no answer: {error}")
sys.exit(0 if status == 200 else f"/readyz says {status}")
