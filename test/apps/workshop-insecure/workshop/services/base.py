from ..database import get_database
from ..repositories.base import ItemRepository, MemberRepository


class Service:
    def __init__(self):
        self.db = get_database()
        self.items = ItemRepository(self.db)
        self.members = MemberRepository(self.db)
