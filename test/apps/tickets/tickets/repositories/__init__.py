from .base import Repository
from .tickets import TicketRepository
from .users import UserRepository

__all__ = ["Repository", "TicketRepository", "UserRepository"]
