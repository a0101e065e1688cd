"""A member's own pages."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user, fresh_login_required, login_required, logout_user
from sqlalchemy import select

from library.account import bp
from library.extensions import db
from library.forms import EmptyForm, PasswordForm, ProfileForm, TokenForm
from library.models import ApiToken, record


@bp.route("/", methods=["GET", "POST"])
@login_required
def profile():
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        current_user.update(**form.values())
        flash(_("Saved."), "success")
        return redirect(url_for("account.profile"))
    return render_template("account/profile.html", form=form)


@bp.route("/password", methods=["GET", "POST"])
@fresh_login_required
def password():
    form = PasswordForm()
    if form.validate_on_submit():
        if current_user.check_password(form.current.data):
            current_user.set_password(form.password.data)
            record("password-changed")
            current_user.save()
            flash(_("Your password is changed."), "success")
            return redirect(url_for("account.profile"))
        form.current.errors.append(_("This is not your password."))
    return render_template("account/password.html", form=form)


@bp.route("/tokens", methods=["GET", "POST"])
@login_required
def tokens():
    form = TokenForm()
    issued = None
    if form.validate_on_submit():
        _token, issued = ApiToken.issue(current_user, form.label.data)
        record("token-issued", label=form.label.data)
        db.session.commit()
    found = db.session.scalars(select(ApiToken).filter_by(user_id=current_user.id)).all()
    return render_template("account/tokens.html", form=form, tokens=found, issued=issued, delete_form=EmptyForm())


@bp.post("/tokens/<int:token_id>/delete")
@login_required
def delete_token(token_id: int):
    token = ApiToken.find_by(id=token_id, user_id=current_user.id)
    if token and EmptyForm().validate_on_submit():
        token.delete()
    return redirect(url_for("account.tokens"))


@bp.post("/close")
@fresh_login_required
def close():
    if EmptyForm().validate_on_submit():
        user = current_user._get_current_object()
        logout_user()
        user.is_blocked = True
        user.save()
        flash(_("Your account is closed."), "info")
    return redirect(url_for("catalog.index"))
