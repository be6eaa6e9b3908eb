import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ALLOWED_HOSTS = ["shop.example.com"]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        allowed = self.headers.get("Host") in ALLOWED_HOSTS
        self.send_response(200 if allowed else 400)
        self.end_headers()
        self.wfile.write(b"ok\n" if allowed else b"Invalid HTTP_HOST header. You may need to add it to ALLOWED_HOSTS.\n")


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
