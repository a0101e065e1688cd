from __future__ import annotations

import subprocess
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from .extensions import database, queue
from .services.accounts import AccountService
from .services.csvs import read_products

users = AppGroup("users", help="Accounts of the back office.")


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice(["clerk", "manager", "admin"]), default="clerk")
@click.password_option()
def create_user(email, role, password):
    user = AccountService(database).create({"email": email, "role": role, "password": password})
    click.echo(f"Created user {user['id']}.")


@click.command("import-products")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_products(path):
    from .repositories.products import ProductRepository
    from .schemas.products import ProductSchema

    with path.open("rb") as stream, database.transaction():
        for row in read_products(stream):
            ProductRepository(database).upsert(ProductSchema().load(row))


@click.command("worker")
def worker():
    while True:
        queue.run_one()


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
def backup(target):
    """Writes a dump with pg_dump."""
    subprocess.run(
        ["pg_dump", "--format=custom", f"--file={target}", current_app.config["DATABASE_URL"]], check=True, timeout=3600
    )
    target.chmod(0o600)


@click.command("migrate")
def migrate():
    folder = Path(current_app.root_path).parent / "migrations" / "versions"
    database.run("CREATE TABLE IF NOT EXISTS schema_version (name text PRIMARY KEY)")
    done = {row["name"] for row in database.all("SELECT name FROM schema_version")}
    for path in sorted(folder.glob("*.sql")):
        if path.name not in done:
            database.run(path.read_text())
            database.run("INSERT INTO schema_version (name) VALUES (%s)", (path.name,))
            click.echo(path.name)


def register(app: Flask) -> None:
    for command in (users, import_products, worker, backup, migrate):
        app.cli.add_command(command)
