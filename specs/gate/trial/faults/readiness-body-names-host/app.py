import signal
import threading
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def problem():
    try:
        socket.getaddrinfo("sessions.cache.svc.cluster.local", 6379)
    except OSError as error:
        return f"redis at sessions.cache.svc.cluster.local: {error}"
    return None


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        wrong = problem() if self.path == "/readyz" else None
        self.send_response(503 if wrong else 200)
        self.end_headers()
        self.wfile.write((wrong or "ok").encode())


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
