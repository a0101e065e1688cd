import hashlib
import logging
import random
import smtplib
import uuid
from email.mime.text import MIMEText

from flask import render_template, url_for
from flask import session as browser

from .base import Service

log = logging.getLogger(__name__)


class MemberService(Service):
    def log_in(self, email, password):
        log.warning("login with %s", password)  # warning: [secret-in-log]  # info: [log-injection]
        member = self.members.by_email(email)
        if member["password"] == password:  # error: [plaintext-password-compare]
            browser["member_id"] = member["id"]
            browser["password"] = password  # warning: [secret-in-client-session]
        return member

    def join(self, form):
        self.members.add(form["email"], form["password"])  # missing: [plaintext-password-storage] the base class answers and asks the subclass

    def digest(self, password):
        return hashlib.md5(password.encode()).hexdigest()  # error: [weak-password-hash]

    def reset_token(self):
        return f"{random.randint(0, 10**9)}"  # warning: [predictable-token]

    def session_token(self):
        token = str(uuid.uuid1())  # warning: [predictable-token]
        return token

    def thank(self, to, note):
        html = render_template("mail/thanks.txt", note=note, link=url_for("items.list", _external=True))
        message = MIMEText("<p>" + note + "</p>" + html, "html")  # warning: [email-html-injection]
        with smtplib.SMTP("mail.example.org", timeout=5) as server:
            server.sendmail("workshop@example.org", to, message.as_string())
