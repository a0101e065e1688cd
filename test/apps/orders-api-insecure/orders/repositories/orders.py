from ..db.queries import Where, order_by

LIST = "SELECT o.id, o.state, o.total, c.name AS customer FROM orders o JOIN customers c ON c.id = o.customer_id"


class Repository:
    table = ""

    def __init__(self, database):
        self.database = database

    def get(self, id):
        return self.database.one(f"SELECT * FROM {self.table} WHERE id = %s", (id,))

    def insert(self, values):
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        return self.database.one(f"INSERT INTO {self.table} ({names}) VALUES ({marks}) RETURNING *", list(values.values()))  # error: [sql-identifier-from-input]


class OrderRepository(Repository):
    table = "orders"

    def search(self, words, state):
        where = Where()
        if state:
            where.add("o.state = %(state)s", state=state)
        if words:
            where.add(f"o.note ILIKE '%%{words}%%'")
        return self.database.all(LIST + where.clause, where.params)  # error: [sql-identifier-from-input]

    def sorted(self, sort):
        return self.database.all(LIST + order_by(sort, "id"))  # error: [sql-identifier-from-input]

    def of_customer(self, name):
        return self.database.all("SELECT * FROM orders WHERE customer = '%s'" % name)  # error: [sql-injection]

    def by_ids(self, ids):
        marks = ", ".join(["%s"] * len(ids))
        return self.database.all(f"{LIST} WHERE o.id IN ({marks})", ids)


class UserRepository(Repository):
    table = "users"

    def by_email(self, email):
        return self.database.one("SELECT * FROM users WHERE email = %s", (email,))
