import secrets

from flask import current_app, url_for

from .. import mail, security
from .base import Service, ServiceError


class MemberService(Service):
    def log_in(self, email, password):
        member = self.members.by_email(email)
        if not security.password_fits(member, password) or not member.active:
            current_app.logger.warning("failed login")
            raise ServiceError("The address or the password is wrong.")
        security.log_in(member)
        return member

    def invite(self, values):
        if self.members.by_email(values["email"]):
            raise ServiceError("There is such a member.")
        password_hash = security.hash_password(secrets.token_urlsafe(24))
        with self.db.transaction():
            id = self.members.add(**values, password_hash=password_hash)
        self.send_reset(self.members.find(id), "welcome")

    def forgot(self, email):
        member = self.members.by_email(email)
        if member is not None:
            self.send_reset(member, "reset")

    def send_reset(self, member, template):
        link = url_for("account.reset", token=security.reset_token(member), _external=True)
        mail.send(member.email, "Your password", template, receiver=member, link=link)

    def reset(self, token, password):
        member = security.member_of_token(token)
        if member is None:
            raise ServiceError("This link is too old.")
        with self.db.transaction():
            self.members.change(member.id, password_hash=security.hash_password(password))

    def change_profile(self, member, values):
        with self.db.transaction():
            self.members.change(member.id, **values)

    def set_role(self, member, role):
        with self.db.transaction():
            self.members.change(member.id, role=role)

    def deactivate(self, member):
        if self.loans.of_member(member.id) and any(loan.returned is None for loan in self.loans.of_member(member.id)):
            raise ServiceError("This member still has tools.")
        with self.db.transaction():
            self.members.change(member.id, active=False)
