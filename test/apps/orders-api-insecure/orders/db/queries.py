class Where:
    def __init__(self):
        self.conditions = []
        self.params = {}

    def add(self, condition, **params):
        self.conditions.append(condition)
        self.params.update(params)
        return self

    @property
    def clause(self):
        return " WHERE " + " AND ".join(self.conditions) if self.conditions else ""


def order_by(value, default):
    text = value or default
    direction = "DESC" if text.startswith("-") else "ASC"
    return f" ORDER BY {text.lstrip('-')} {direction}"
