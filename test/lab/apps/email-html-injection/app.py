"""Invitations by e-mail; the outbox can be looked at."""
from flask import Flask, Response, request
from flask_mail import Mail, Message

app = Flask(__name__)
app.config.update(MAIL_DEFAULT_SENDER="shop@example.com", MAIL_SUPPRESS_SEND=True)
mail = Mail(app)
OUTBOX = []


def deliver(message):
    mail.send(message)
    OUTBOX.append(message.html)


@app.post("/invite")
def invite():
    name = request.form["name"]
    deliver(Message("Invitation", recipients=["team@example.com"], html=f"<p><b>{name}</b> invites you.</p>"))
    return "", 204


@app.post("/feedback")
def feedback():
    message = Message("Feedback", recipients=["team@example.com"])
    message.html = "<p>" + request.form["text"] + "</p>"
    deliver(message)
    return "", 204


@app.get("/outbox")
def outbox():
    # moat: ignore[reflected-xss, unsafe-markup] the inbox of somebody else, shown for this test
    return Response("\n".join(OUTBOX), mimetype="text/html")
