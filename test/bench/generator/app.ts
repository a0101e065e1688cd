/** Writes Flask apps of any size, the same for the same size and seed. They are shaped like real ones: a factory,
 *  blueprints, models, services with SQL, helpers, templates; most of it sound, some of it not. */
import { modelClass, modelFile, serviceFile, serviceFunctions } from './models';
import { BASE_TEMPLATE, MACROS_TEMPLATE, templateFiles } from './pages';
import { Random } from './random';
import { blueprintFile, routes } from './views';
import { type Area, createArea } from './vocabulary';

const AREAS_PER_HELPER = 8;

/** The line that the benchmark edits to change what a helper does, and what it makes of it. */
export const HELPER_LINE = '    return value.strip()';
export const HELPER_LINE_CHANGED = '    return str(int(value))';

export interface GeneratedApp {
  readonly files: Readonly<Record<string, string>>;
  readonly nPythonLines: number;
}

/** At least `nLines` lines of Python, plus templates. */
export function generateApp(nLines: number, seed = 1): GeneratedApp {
  const random = new Random(seed);
  const files: Record<string, string> = {
    'app/templates/base.html': BASE_TEMPLATE,
    'app/templates/macros.html': MACROS_TEMPLATE,
    'requirements.txt': 'flask==3.1.0\nflask-sqlalchemy==3.1.1\n',
    ...sharedModules(),
  };
  const areas: Area[] = [];
  let nPythonLines = 0;
  while (nPythonLines < nLines) {
    const area = createArea(areas.length, random);
    const helper = `common_${Math.floor(areas.length / AREAS_PER_HELPER)}`;
    const added: Record<string, string> = {
      [`app/models/${area.noun}.py`]: modelFile(area, random),
      [`app/services/${area.noun}.py`]: serviceFile(area, random),
      [`app/blueprints/${area.noun}.py`]: blueprintFile(area, helper, random),
    };
    if (areas.length % AREAS_PER_HELPER === 0) added[`app/helpers/${helper}.py`] = HELPERS;
    for (const text of Object.values(added)) nPythonLines += countLines(text);
    Object.assign(files, added, templateFiles(area, random));
    areas.push(area);
  }
  files['app/__init__.py'] = factory(areas);
  return { files, nPythonLines };
}

/** One module of about `nLines` lines, as apps that were never split up have it. */
export function generateModule(nLines: number, seed = 2): string {
  const random = new Random(seed);
  const parts = [MODULE_HEAD];
  let left = nLines - countLines(MODULE_HEAD);
  for (let index = 0; left > 0; index++) {
    const area = createArea(index, random);
    const part = [modelClass(area, random), serviceFunctions(area, random), routes(area, random)]
      .join('\n')
      // In one module names must not clash.
      .replaceAll('service.', '')
      .replace(/^def (\w+)\((?=\)|\w+_id)/gm, (_, name: string) => `def ${area.noun}_${name}(`)
      .replaceAll('@bp.', `@app.`);
    parts.push(part);
    left -= countLines(part);
  }
  return fitLines(parts.join('\n'), nLines);
}

/** Cuts between two definitions, and fills up with comments, so that the text has `nLines` lines and parses. */
function fitLines(text: string, nLines: number): string {
  const lines = text.split('\n').slice(0, nLines);
  let end = lines.length;
  while (end > 1 && !(lines[end - 1] === '' && lines[end - 2] === '')) end--;
  const filler = Array.from({ length: nLines - end }, (_, index) => `# end of part ${index + 1}`);
  return `${[...lines.slice(0, end), ...filler].join('\n')}\n`;
}

export function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function factory(areas: readonly Area[]): string {
  const imports = areas.map(({ noun }) => `    from .blueprints.${noun} import bp as ${noun}_bp`);
  const registrations = areas.map(({ noun }) => `    app.register_blueprint(${noun}_bp)`);
  return `"""The application factory."""
from flask import Flask

from .config import Config
from .db import close_db
from .extensions import db


def create_app(config=Config):
    app = Flask(__name__)
    app.config.from_object(config)
    db.init_app(app)
    app.teardown_appcontext(close_db)
${imports.join('\n')}

${registrations.join('\n')}
    return app
`;
}

function sharedModules(): Record<string, string> {
  return {
    'app/config.py': `import os


class Config:
    SECRET_KEY = "dev-secret-please-change"
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:///app.db")
    SITE_NAME = "Warehouse"
    MAX_CONTENT_LENGTH = 4 * 1024 * 1024
`,
    'app/extensions.py': 'from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n',
    'app/db.py': `import sqlite3

from flask import current_app, g


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
        g.db.row_factory = sqlite3.Row
    return g.db


def close_db(error=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()
`,
    'app/models/__init__.py': '',
    'app/services/__init__.py': '',
    'app/blueprints/__init__.py': '',
    'app/helpers/__init__.py': '',
  };
}

const HELPERS = `"""Small things that several blueprints need."""
import functools
import re

from flask import abort, g

WHITESPACE = re.compile(r"\\s+")


def clean_text(value):
    """Text without space around it."""
    if value is None:
        return ""
${HELPER_LINE}


def slugify(value, separator="-"):
    value = re.sub(r"[^\\w\\s-]", "", value.lower())
    return WHITESPACE.sub(separator, value).strip(separator)


def parse_page(value, default=1):
    try:
        page = int(value)
    except (TypeError, ValueError):
        return default
    return page if page > 0 else default


def require_login(view):
    @functools.wraps(view)
    def wrapped(*args, **kwargs):
        if g.get("user") is None:
            abort(401)
        return view(*args, **kwargs)

    return wrapped


def shorten(text, length=80, end="…"):
    return text if len(text) <= length else text[: length - len(end)].rstrip() + end
`;

const MODULE_HEAD = `"""The whole application in one module."""
import csv
import io
import logging
import sqlite3
from datetime import datetime, timedelta

from flask import (
    Flask, Response, abort, current_app, flash, g, jsonify, redirect, render_template, request, session, url_for,
)
from flask_sqlalchemy import SQLAlchemy
from markupsafe import Markup, escape

app = Flask(__name__)
app.config["SECRET_KEY"] = "dev-secret-please-change"
db = SQLAlchemy(app)
logger = logging.getLogger(__name__)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("app.db")
        g.db.row_factory = sqlite3.Row
    return g.db


def clean_text(value):
${HELPER_LINE}


def parse_page(value, default=1):
    try:
        return max(1, int(value))
    except (TypeError, ValueError):
        return default


def require_login(view):
    def wrapped(*args, **kwargs):
        if g.get("user") is None:
            abort(401)
        return view(*args, **kwargs)

    wrapped.__name__ = view.__name__
    return wrapped
`;
