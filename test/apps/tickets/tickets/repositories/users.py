from .base import Repository


class UserRepository(Repository):
    table = "user"

    def by_token(self, token):
        return self.database.row("SELECT * FROM user WHERE token = ?", (token,))
