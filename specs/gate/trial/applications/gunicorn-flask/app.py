from flask import Flask

app = Flask(__name__)


@app.get("/")
@app.get("/livez")
@app.get("/readyz")
def ok():
    return "ok\n"
