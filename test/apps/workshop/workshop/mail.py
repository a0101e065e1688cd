import smtplib
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import parseaddr
from threading import Thread

from flask import current_app, render_template


def one_line(text):
    return text.replace("\r", " ").replace("\n", " ")


def compose(to, subject, template, **context):
    message = MIMEMultipart("alternative")
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = parseaddr(to)[1]
    message["Subject"] = one_line(subject)
    message.attach(MIMEText(render_template(f"mail/{template}.txt", **context), "plain"))
    message.attach(MIMEText(render_template(f"mail/{template}.html", **context), "html"))
    return message


def deliver(app, message):
    with app.app_context(), smtplib.SMTP(app.config["MAIL_HOST"], timeout=20) as server:
        server.send_message(message)


def send(to, subject, template, **context):
    message = compose(to, subject, template, **context)
    app = current_app._get_current_object()
    Thread(target=deliver, args=(app, message), daemon=True).start()
