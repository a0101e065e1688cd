"""Messages to members."""

from __future__ import annotations

from flask import current_app, render_template
from flask_mail import Message

from library.extensions import mail


def send_mail(user, subject: str, template: str, **context) -> None:
    message = Message(subject=subject, recipients=[user.email])
    message.body = render_template(f"mail/{template}.txt", user=user, **context)
    message.html = render_template(f"mail/{template}.html", user=user, **context)
    mail.send(message)


def send_note(user, note: str) -> None:
    message = Message(subject="A note from the desk", recipients=[user.email])
    message.html = f"<p>Dear {user.name},</p><p>{note}</p>"  # warning: [email-html-injection]
    mail.send(message)


def send_password(user, password: str) -> None:
    current_app.logger.info("new password %s for %d", password, user.id)  # warning: [secret-in-log] # info: [log-injection]
    send_mail(user, "Your password", "password", password=password)
