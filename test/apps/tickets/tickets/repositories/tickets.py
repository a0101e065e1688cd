from .base import Repository


class TicketRepository(Repository):
    table = "ticket"
    columns = ("id", "title", "created")

    def search(self, words):
        return self.database.rows("SELECT * FROM ticket WHERE title LIKE '%" + words + "%'")  # error: [sql-injection]

    def search_safely(self, words):
        return self.database.rows("SELECT * FROM ticket WHERE title LIKE ?", (f"%{words}%",))

    def sorted_by(self, column):
        return self.database.rows(f"SELECT * FROM ticket ORDER BY {column}")  # error: [sql-identifier-from-input]

    def of_state(self, state):
        states = {"open": "open", "closed": "done"}
        return self.database.rows("SELECT * FROM ticket WHERE state = '%s'" % states.get(state, "open"))

    def add(self, title, text):
        return self.database.write("INSERT INTO ticket (title, text) VALUES (?, ?)", (title, text))
