"""Commands: ``flask users …``, ``flask jobs …``, ``flask db …``."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from library.extensions import db
from library.models import Role, User

users_cli = AppGroup("users", help="Accounts.")
jobs_cli = AppGroup("jobs", help="Jobs that cron starts.")


@users_cli.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MEMBER.value)
@click.password_option()
def create_user(email: str, role: str, password: str) -> None:
    if db.session.scalar(select(User).filter_by(email=email.lower())):
        raise click.ClickException(f"{email} has an account already")
    user = User(email=email.lower(), name=email.split("@")[0], role=role, is_confirmed=True)
    user.set_password(password)
    db.session.add(user)
    db.session.commit()
    click.echo(f"Created {user.email}")


@users_cli.command("list")
@click.option("--role", default=None)
def list_users(role: str | None) -> None:
    query = select(User).order_by(User.email)
    if role:
        query = query.filter_by(role=role)
    for user in db.session.scalars(query):
        click.echo(f"{user.id:>6} {user.role:<10} {user.email}")


@jobs_cli.command("remind")
def remind() -> None:
    from library.tasks import remind_overdue

    click.echo(f"{remind_overdue()} members were reminded")


@jobs_cli.command("backup")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Writes a dump of the database."""
    target.mkdir(parents=True, exist_ok=True)
    url = current_app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    subprocess.run(["pg_dump", "--format=custom", f"--file={target / 'library.dump'}", url], check=True, timeout=3600)


def init_app(app: Flask) -> None:
    app.cli.add_command(users_cli)
    app.cli.add_command(jobs_cli)
