"""Tools of the server, offered to visitors."""
import os
import subprocess

from flask import Flask, Response, request

app = Flask(__name__)


def text(output):
    return Response(output, mimetype="text/plain")


@app.get("/echo")
def echo():
    word = request.args.get("word", "")
    return text(os.popen(f"echo {word}").read())


@app.post("/count")
def count():
    name = request.form["name"]
    result = subprocess.run("printf %s '" + name + "' | wc -c", shell=True, capture_output=True, text=True)
    return text(result.stdout)


@app.get("/list")
def listing():
    folder = request.args["folder"]
    output = subprocess.check_output("ls -d %s" % folder, shell=True, text=True)
    return text(output)


@app.get("/touch/<name>")
def touch(name):
    status = os.system("test -n {}".format(name))
    return text(str(status))
