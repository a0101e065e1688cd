from ..models import Item
from .base import Repository


class ItemRepository(Repository[Item]):
    table = "item"
    model = Item
    columns = ("name", "category", "description", "photo", "state")
    orders = {"name": "name", "newest": "added DESC", "category": "category, name"}
    default_order = "name"

    def search(self, words, category, order, number, size):
        conditions, values = [], []
        for word in words.split():
            conditions.append("(name LIKE ? ESCAPE '!' OR description LIKE ? ESCAPE '!')")
            values += [self._pattern(word)] * 2
        if category:
            conditions.append("category = ?")
            values.append(category)
        where = "WHERE " + " AND ".join(conditions) if conditions else ""
        return self.page(number, size, order, where, values)

    @staticmethod
    def _pattern(word):
        for character in "!%_":
            word = word.replace(character, "!" + character)
        return f"%{word}%"

    def categories(self):
        return [row["category"] for row in self.db.rows("SELECT DISTINCT category FROM item ORDER BY category")]

    def in_state(self, *states):
        marks = ", ".join("?" * len(states))
        return self._objects(f"SELECT * FROM item WHERE state IN ({marks})", *states)

    def counts_by(self, column):
        if column not in self.columns:
            raise ValueError("there is no such column")
        return self.db.rows(f"SELECT {column} AS value, count(*) AS number FROM item GROUP BY {column}")
