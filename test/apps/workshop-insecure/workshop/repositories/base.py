class Repository:
    table = ""
    default_order = "id"

    def __init__(self, database):
        self.db = database

    def find(self, id):
        return self.db.row(f"SELECT * FROM {self.table} WHERE id = {id}")  # error: [sql-injection]

    def page(self, order, where="", values=()):
        return self.db.rows(f"SELECT * FROM {self.table} {where} ORDER BY {order or self.default_order}", *values)  # error: [sql-injection]

    def change(self, id, **values):
        pairs = ", ".join(f"{name} = ?" for name in values)
        self.db.write(f"UPDATE {self.table} SET {pairs} WHERE id = ?", *values.values(), id)  # error: [sql-identifier-from-input]


class ItemRepository(Repository):
    table = "item"

    def search(self, words, order):
        return self.page(order, f"WHERE name LIKE '%{words}%'")

    def load(self, script):
        self.db.script("BEGIN;" + script + ";COMMIT;")  # error: [sql-injection]


class MemberRepository(Repository):
    table = "member"

    def by_email(self, email):
        return self.db.row("SELECT * FROM member WHERE email = ?", email)

    def add(self, email, password):
        self.db.write("INSERT INTO member (email, password) VALUES (?, ?)", email, password)
