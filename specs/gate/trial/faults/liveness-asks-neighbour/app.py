import signal
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/livez":
            urllib.request.urlopen("http://localhost:8081/", timeout=5)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok\n")


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
