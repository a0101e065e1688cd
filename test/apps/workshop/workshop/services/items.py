import csv
import io

from flask import current_app

from .base import Service, ServiceError
from .photos import PhotoStore


class ItemService(Service):
    def search(self, words, category, order, number):
        return self.items.search(words, category, order, number, current_app.config["PAGE_SIZE"])

    def get(self, id):
        return self.items.find(id)

    def create(self, values, photo):
        name = PhotoStore().save(photo) if photo else None
        with self.db.transaction():
            return self.items.add(**values, photo=name, state="available")

    def change(self, item, values, photo):
        if photo:
            values = {**values, "photo": PhotoStore().save(photo)}
            if item.photo:
                PhotoStore().remove(item.photo)
        with self.db.transaction():
            self.items.change(item.id, **values)

    def remove(self, item):
        if item.state == "lent":
            raise ServiceError("Somebody has it.")
        with self.db.transaction():
            self.items.remove(item.id)
        if item.photo:
            PhotoStore().remove(item.photo)

    def to_csv(self):
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(["id", "name", "category", "state"])
        for item in self.items.all():
            writer.writerow([item.id, self._cell(item.name), item.category, item.state])
        return buffer.getvalue()

    @staticmethod
    def _cell(text):
        return f"'{text}" if text[:1] in "=+-@" else text

    def import_csv(self, stream):
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        with self.db.transaction():
            rows = [row for row in csv.DictReader(text) if row.get("name")]
            for row in rows:
                self.items.add(name=row["name"], category=row.get("category", "wood"), state="available")
        return len(rows)
