import getpass
import shutil
import subprocess
from pathlib import Path

import click
from flask import current_app

from . import security
from .database import get_database
from .services.loans import LoanService
from .services.members import MemberService

MIGRATIONS = Path(__file__).parent.parent / "migrations"


@click.command("upgrade")
def upgrade():
    """Runs the migrations that are missing."""
    db = get_database()
    version = db.value("PRAGMA user_version")
    for path in sorted(MIGRATIONS.glob("*.sql")):
        number = int(path.stem.split("_")[0])
        if number > version:
            db.script(path)
            db.write(f"PRAGMA user_version = {number:d}")
            click.echo(f"{path.name} done")


@click.command("add-admin")
@click.argument("name")
@click.argument("email")
def add_admin(name, email):
    password = getpass.getpass("Password: ")
    service = MemberService()
    with service.db.transaction():
        service.members.add(name=name, email=email, role="admin", password_hash=security.hash_password(password))


@click.command("remind")
def remind():
    click.echo(f"{LoanService().remind()} reminders sent")


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder):
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / "workshop.db"
    subprocess.run(["sqlite3", current_app.config["DATABASE"], f".backup {target}"], check=True)
    shutil.make_archive(str(folder / "uploads"), "gztar", current_app.config["UPLOADS"])


def init_app(app):
    for command in (upgrade, add_admin, remind, backup):
        app.cli.add_command(command)
