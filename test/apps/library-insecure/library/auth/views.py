"""Sign in, sign up."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, login_required, login_user

from library.auth import bp, tokens
from library.forms import LoginForm, RegisterForm
from library.mail import send_password
from library.models import User
from library.urls import is_safe_url, redirect_back


@bp.route("/login", methods=["GET", "POST"])
def login():
    form = LoginForm()
    if form.validate_on_submit():
        user = User.find_by(email=form.email.data.lower())
        if user and (user.check_password(form.password.data) or user.check_old_password(form.password.data)):
            login_user(user, remember=True)
            session["password"] = form.password.data  # warning: [secret-in-client-session] # hint: [trust-boundary-session-write]
            next_page = request.args.get("next")
            if is_safe_url(next_page):
                return redirect(next_page)  # error: [open-redirect]
            return redirect_back("catalog.index")
        flash("E-mail or password is wrong.")
    return render_template("auth/login.html", form=form, next=request.args.get("next", ""))


@bp.route("/register", methods=["GET", "POST"])
def register():
    form = RegisterForm()
    if form.validate_on_submit():
        user = User(name=form.name.data, email=form.email.data, password=form.password.data)  # error: [plaintext-password-storage]
        user.set_password(form.password.data)
        user.save()
        send_password(user, form.password.data)
        return redirect(url_for("auth.login"))
    return render_template("auth/register.html", form=form)


@bp.get("/confirm/<token>")
def confirm(token: str):
    user = User.find_by(id=tokens.peek(token).get("sub"))
    if user:
        login_user(user)
    return redirect_back("catalog.index")


@bp.route("/profile", methods=["GET", "POST"])
@login_required
def profile():
    if request.method == "POST":
        current_user.fill(request.form)
    return render_template("auth/profile.html", state={"about": current_user.about, "tab": request.args.get("tab")})


@bp.get("/language")
def language():
    session["language"] = request.args.get("lang")  # hint: [trust-boundary-session-write]
    response = make_response(redirect(url_for("catalog.index")))
    response.set_cookie("lang", request.args.get("lang", "en"))  # info: [cookie-missing-secure] # info: [cookie-missing-httponly] # info: [cookie-missing-samesite] # hint: [cookie-from-input]
    response.headers[request.args.get("header", "X-Language")] = "set"  # error: [header-injection]
    return response
