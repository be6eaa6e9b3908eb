import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stopping = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if stopping.is_set() and self.path == "/readyz" else 200)
        self.end_headers()
        self.wfile.write(b"ok\n")


def stop():
    stopping.set()
    time.sleep(4)
    server.shutdown()


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop).start())
server.serve_forever()

time.sleep(12)
print("the last recording is written")
