"""A phone book from a directory."""
from directory import BASE, connect
from flask import Flask, jsonify, request
from ldap3 import SUBTREE

app = Flask(__name__)


def mails(connection):
    return jsonify(sorted(str(entry.mail) for entry in connection.entries))


@app.get("/staff")
def staff():
    connection = connect()
    uid = request.args["uid"]
    connection.search(BASE, f"(&(employeeType=staff)(uid={uid}))", SUBTREE, attributes=["mail"])
    return mails(connection)


@app.get("/by-name")
def by_name():
    connection = connect()
    query = "(&(employeeType=staff)(sn=%s))" % request.args.get("sn", "Ng")
    connection.search(search_base=BASE, search_filter=query, attributes=["mail"])
    return mails(connection)
