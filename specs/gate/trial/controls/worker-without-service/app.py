import pathlib
import signal
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
while True:
    pathlib.Path("/tmp/beat").touch()
    time.sleep(2)
