class Repository:
    table = ""
    columns = ("id",)

    def __init__(self, database):
        self.database = database

    def find(self, id):
        return self.database.row(f"SELECT * FROM {self.table} WHERE id = ?", (id,))

    def all(self, order="id"):
        if order not in self.columns:
            order = "id"
        return self.database.rows(f"SELECT * FROM {self.table} ORDER BY {order}")
