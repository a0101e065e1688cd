"""The shop: accounts with an e-mail address."""
from config import Config
from flask import Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

csrf = CSRFProtect()
logins = LoginManager()
EMAILS = {"ann": "ann@example.com", "bob": "bob@example.com"}


class User(UserMixin):
    def __init__(self, name):
        self.id = name


class NameForm(FlaskForm):
    nickname = StringField("Nickname", validators=[DataRequired()])


@logins.user_loader
def load_user(name):
    return User(name) if name in EMAILS else None


def create_app():
    app = Flask(__name__)
    app.config.from_object(Config)
    csrf.init_app(app)
    logins.init_app(app)
    logins.login_view = "login"

    @app.route("/login", methods=["GET", "POST"])
    def login():
        if request.method == "POST" and request.form["pin"] == request.form["name"][::-1]:
            login_user(User(request.form["name"]), remember=True)
            return redirect(url_for("home"))
        return render_template("login.html")

    @app.get("/")
    @login_required
    def home():
        return render_template("home.html", email=EMAILS[current_user.id])

    @app.post("/email")
    @login_required
    def email():
        EMAILS[current_user.id] = request.form["email"]
        return redirect(url_for("home"))

    @app.route("/name", methods=["GET", "POST"])
    @login_required
    def name():
        form = NameForm()
        if form.validate_on_submit():
            return render_template("name.html", form=form, saved=form.nickname.data)
        return render_template("name.html", form=form, saved=None)

    return app
