"""Sign in, sign up, forgotten passwords."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required, login_user, logout_user

from library.auth import bp
from library.extensions import db, limiter
from library.forms import EmptyForm, ForgotForm, LoginForm, RegisterForm, ResetForm
from library.logs import one_line
from library.mail import send_confirmation, send_reset
from library.models import User, record
from library.urls import is_safe_url, redirect_back


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit("10 per minute", methods=["POST"])
def login():
    if current_user.is_authenticated:
        return redirect(url_for("catalog.index"))
    form = LoginForm()
    if form.validate_on_submit():
        user = User.find_by(email=form.email.data.lower())
        if user is None or not user.check_password(form.password.data):
            current_app.logger.warning("failed sign-in for %s", one_line(form.email.data))
            flash(_("E-mail or password is wrong."), "error")
            return render_template("auth/login.html", form=form), 401
        if not user.is_confirmed:
            flash(_("Please confirm your address first."), "error")
            return redirect(url_for("auth.login"))
        session.clear()
        login_user(user, remember=form.remember.data)
        record("login")
        db.session.commit()
        flash(_("Welcome, %(name)s.", name=user.name), "success")
        next_page = request.args.get("next")
        if not next_page or not is_safe_url(next_page):
            next_page = url_for("catalog.index")
        return redirect(next_page)
    return render_template("auth/login.html", form=form)


@bp.post("/logout")
@login_required
def logout():
    if EmptyForm().validate_on_submit():
        logout_user()
        session.clear()
    return redirect(url_for("catalog.index"))


@bp.route("/register", methods=["GET", "POST"])
@limiter.limit("5 per hour", methods=["POST"])
def register():
    form = RegisterForm()
    if form.validate_on_submit():
        user = User(name=form.name.data, email=form.email.data.lower())
        user.set_password(form.password.data)
        user.save()
        _send_confirmation(user)
        flash(_("We have sent you a message."), "success")
        return redirect(url_for("auth.login"))
    return render_template("auth/register.html", form=form)


def _send_confirmation(user: User) -> None:
    send_confirmation(user, url_for("auth.confirm", token=user.token("confirm"), _external=True))


@bp.get("/confirm/<token>")
def confirm(token: str):
    user = User.from_token("confirm", token, max_age=3 * 86400)
    if user is None:
        flash(_("This link is not valid any more."), "error")
        return redirect(url_for("auth.login"))
    user.is_confirmed = True
    user.save()
    flash(_("Your address is confirmed."), "success")
    return redirect(url_for("auth.login"))


@bp.route("/forgot", methods=["GET", "POST"])
@limiter.limit("5 per hour", methods=["POST"])
def forgot():
    form = ForgotForm()
    if form.validate_on_submit():
        user = User.find_by(email=form.email.data.lower())
        if user:
            send_reset(user, url_for("auth.reset", token=user.token("reset"), _external=True))
        flash(_("If there is such an account, a message is on its way."), "info")
        return redirect_back("auth.login")
    return render_template("auth/forgot.html", form=form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str):
    user = User.from_token("reset", token)
    if user is None:
        flash(_("This link is not valid any more."), "error")
        return redirect(url_for("auth.forgot"))
    form = ResetForm()
    if form.validate_on_submit():
        user.password = form.password.data
        record("password-reset", user=user.id)
        user.save()
        flash(_("Your password is changed."), "success")
        return redirect(url_for("auth.login"))
    return render_template("auth/reset.html", form=form, token=token)
