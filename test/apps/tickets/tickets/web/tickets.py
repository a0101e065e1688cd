from flask import Blueprint, redirect, render_template, request, url_for

from ..services.attachments import Attachments
from ..services.links import back_or
from ..services.tickets import TicketService
from .requests import SearchForm, with_search

bp = Blueprint("tickets", __name__)


@bp.get("/")
@with_search
def index(form):
    service = TicketService()
    return render_template("tickets/index.html", tickets=service.find(form), headline=service.headline(form.words))


@bp.get("/safe")
@with_search
def safe_index(form):
    service = TicketService()
    return render_template(
        "tickets/index.html", tickets=service.find_safely(form), headline=service.safe_headline(form.words)
    )


@bp.get("/sorted")
def sorted_tickets():
    service = TicketService()
    form = SearchForm(request.args)
    return render_template("tickets/list.html", tickets=service.listed(form), note=form.words)


@bp.get("/sorted-safely")
def safely_sorted_tickets():
    service = TicketService()
    form = SearchForm(request.args)
    tickets = service.listed_safely(form) + service.in_state(form)
    return render_template("tickets/list.html", tickets=tickets, note="all", page=form.page)


@bp.post("/new")
def new():
    service = TicketService()
    id = service.repository.add(request.form["title"], request.form["text"])  # hint: [request-field-subscript] # hint: [request-field-subscript]
    return redirect(url_for("tickets.show", id=id))


@bp.get("/<int:id>")
def show(id):
    ticket = TicketService().repository.find(id)
    return render_template("tickets/show.html", ticket=ticket, headline=TicketService.own_headline(ticket["title"]))


@bp.get("/<int:id>/files/<path:name>")
def file(id, name):
    attachments = Attachments(id)
    if request.args.get("safe"):
        return attachments.read_safely(name)
    return attachments.read(name)


@bp.get("/<int:id>/preview/<name>")
def preview(id, name):
    return {"preview": Attachments(id).preview(name)}


@bp.get("/<int:id>/text/<name>")
def text(id, name):
    return {"text": Attachments(id).text_of(name, request.args.get("kind")).decode()}


@bp.post("/<int:id>/close")
def close(id):
    TicketService().repository.database.write("UPDATE ticket SET state = 'done' WHERE id = ?", (id,))
    return redirect(back_or("tickets.index"))


@bp.post("/<int:id>/reopen")
def reopen(id):
    TicketService().repository.database.write("UPDATE ticket SET state = 'open' WHERE id = ?", (id,))
    return redirect(request.args.get("next") or url_for("tickets.index"))  # error: [open-redirect]
