from ..database import get_database
from ..repositories import ItemRepository, LoanRepository, MemberRepository


class ServiceError(Exception):
    """Something that a person did wrong; its text is shown."""


class Service:
    def __init__(self, db=None):
        self.db = db or get_database()
        self.items = ItemRepository(self.db)
        self.loans = LoanRepository(self.db)
        self.members = MemberRepository(self.db)
