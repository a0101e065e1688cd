import smtplib
from email.mime.text import MIMEText

from flask import render_template

SMTP_PASSWORD = "m4il-0ut-2026"  # warning: [hardcoded-password]


def send(to, subject, html):
    message = MIMEText(html, "html")
    message["Subject"] = subject
    message["To"] = to
    with smtplib.SMTP("mail.example.com", 25, timeout=5) as server:
        server.login("orders", SMTP_PASSWORD)  # warning: [cleartext-protocol-client]
        server.send_message(message)


def confirm(order, customer):
    send(customer, "Your order", render_template("mail/confirmation.html", order=order))


def thank(customer, note):
    send(customer, "Thank you", f"<p>You wrote: {note}</p>")  # source # warning: [email-html-injection]
