from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from flask import Flask, render_template


class Mailer:
    """Sends messages that have a text and an HTML part."""

    def __init__(self):
        self.config = None

    def init_app(self, app: Flask) -> None:
        self.config = app.config
        app.extensions["mailer"] = self

    def send(self, to: str, subject: str, template: str, **context) -> None:
        message = EmailMessage()
        message["From"] = self.config["MAIL_SENDER"]
        message["To"] = to
        message["Subject"] = " ".join(subject.split())
        message.set_content(render_template(f"mail/{template}.txt", **context))
        message.add_alternative(render_template(f"mail/{template}.html", **context), subtype="html")
        self._deliver(message)

    def _deliver(self, message: EmailMessage) -> None:
        host, port = self.config["SMTP_HOST"], self.config["SMTP_PORT"]
        with smtplib.SMTP(host, port, timeout=self.config["MAIL_TIMEOUT"]) as server:
            server.starttls(context=ssl.create_default_context())
            if self.config["SMTP_USER"]:
                server.login(self.config["SMTP_USER"], self.config["SMTP_PASSWORD"])
            server.send_message(message)
