from .base import Repository
from .items import ItemRepository
from .loans import LoanRepository
from .members import MemberRepository

__all__ = ["ItemRepository", "LoanRepository", "MemberRepository", "Repository"]
