import signal
import threading
import functools
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

@functools.lru_cache
def model():
    time.sleep(4)
    return {"hello": "bonjour"}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        text = model()["hello"] if self.path == "/translate" else "ok"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
