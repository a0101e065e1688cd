from flask import current_app, g
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool


class Database:
    def init_app(self, app):
        app.extensions["database"] = ConnectionPool(
            app.config["DATABASE_URL"], kwargs={"row_factory": dict_row}, open=False
        )

    @property
    def connection(self):
        if "connection" not in g:
            g.connection = current_app.extensions["database"].getconn()
        return g.connection

    def all(self, query, params=()):
        with self.connection.cursor() as cursor:
            return cursor.execute(query, params).fetchall()

    def one(self, query, params=()):
        with self.connection.cursor() as cursor:
            return cursor.execute(query, params).fetchone()

    def run(self, query, params=()):
        with self.connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.rowcount


database = Database()
