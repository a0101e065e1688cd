from flask import g
from markupsafe import Markup, escape

from ..repositories import TicketRepository


class TicketService:
    def __init__(self, repository=None):
        self.repository = repository or TicketRepository(g.database)

    def find(self, form):
        return self.repository.search(form.words)

    def find_safely(self, form):
        return self.repository.search_safely(form.words)

    def listed(self, form):
        return self.repository.sorted_by(form.order)

    def listed_safely(self, form):
        return self.repository.all(form.order)

    def in_state(self, form):
        return self.repository.of_state(form.state)

    @staticmethod
    def headline(words):
        return Markup(f"Tickets about <b>{words}</b>")  # error: [unsafe-markup]

    @staticmethod
    def safe_headline(words):
        return Markup("Tickets about <b>{}</b>").format(words)

    @staticmethod
    def own_headline(words):
        return Markup(f"Tickets about <b>{escape(words)}</b>")
