import signal
import threading
import multiprocessing
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def work():
    time.sleep(8)
    pages = [bytearray(b"x" * 1_048_576) for _ in range(200)]
    print(len(pages))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok\n")


worker = multiprocessing.Process(target=work, daemon=True)
worker.start()


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
