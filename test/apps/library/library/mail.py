"""Messages to members. Bodies are templates: one of text, one of HTML."""

from __future__ import annotations

from threading import Thread
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from flask_mail import Message

from library.extensions import mail
from library.models import User


def _deliver(app: Flask, message: Message) -> None:
    with app.app_context():
        try:
            mail.send(message)
        except OSError:
            app.logger.exception("mail could not be sent")


def send_mail(user: User, subject: str, template: str, **context: Any) -> None:
    with force_locale(user.language or "en"):
        message = Message(subject=subject, recipients=[user.email])
        message.body = render_template(f"mail/{template}.txt", user=user, **context)
        message.html = render_template(f"mail/{template}.html", user=user, **context)
    app = current_app._get_current_object()
    if app.testing:
        mail.send(message)
    else:
        Thread(target=_deliver, args=(app, message), daemon=True).start()


def send_confirmation(user: User, url: str) -> None:
    send_mail(user, "Confirm your address", "confirm", url=url)


def send_reset(user: User, url: str) -> None:
    send_mail(user, "Reset your password", "reset", url=url)


def send_overdue(user: User, loans: list) -> None:
    send_mail(user, "Please bring back your books", "overdue", loans=loans)


def send_reservation_ready(user: User, book) -> None:
    send_mail(user, f"Ready for you: {book.title}", "ready", book=book)
