"""The store room, in MariaDB."""
import os

import pymysql
from flask import Blueprint, jsonify, request

bp = Blueprint("stock", __name__)


def connect():
    return pymysql.connect(
        host=os.environ["MARIADB_HOST"],
        port=int(os.environ["MARIADB_PORT"]),
        user="root",
        database=os.environ["MARIADB_DATABASE"],
        cursorclass=pymysql.cursors.DictCursor,
        autocommit=True,
    )


def seed():
    with connect() as conn, conn.cursor() as cur:
        cur.execute("DROP TABLE IF EXISTS parts")
        cur.execute("CREATE TABLE parts (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40), shelf VARCHAR(9), price INT)")
        cur.executemany(
            "INSERT INTO parts (name, shelf, price) VALUES (%s, %s, %s)",
            [("bolt", "A1", 2), ("nut", "A1", 1), ("prototype", "Z9", 9000)],
        )


seed()


@bp.get("/")
def parts():
    shelf = request.args["shelf"]
    connection = connect()
    try:
        with connection.cursor() as cursor:
            query = f'SELECT name, price FROM parts WHERE shelf = "{shelf}" AND price < 100'
            cursor.execute(query)
            return jsonify(cursor.fetchall())
    finally:
        connection.close()


@bp.post("/count")
def count():
    data = request.get_json()
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) AS n FROM parts WHERE name = '" + data["name"] + "'")
        row = cursor.fetchone()
    connection.close()
    return jsonify(row)
