/** Every way into an app: rules with all their prefixes, who may call, what is read, what was found. */
import { describe, expect, it } from 'vitest';
import { analyzerOf, analyzerOfFolder, routeLines } from './overviewOf';

const routesOf = (texts: Readonly<Record<string, string>>) => routeLines(analyzerOf(texts));

describe('rules of routes', () => {
  it('carry the prefixes of blueprints, also of those in other blueprints and files', () => {
    const files = {
      'shop/__init__.py': `from flask import Flask


def create_app():
    app = Flask(__name__)
    from .api import api
    from . import pages
    app.register_blueprint(api, url_prefix="/v1" + api.url_prefix)
    for module in (pages,):
        app.register_blueprint(module.bp)
    return app
`,
      'shop/api.py': `from flask import Blueprint
from .users import users

api = Blueprint("api", __name__, url_prefix="/api")
api.register_blueprint(users, url_prefix="/users")
`,
      'shop/users.py': `from flask import Blueprint

users = Blueprint("users", __name__)


@users.get("/<int:id>")
def show(id):
    return {}
`,
      'shop/pages.py': `from flask import Blueprint

bp = Blueprint("pages", __name__)


@bp.route("/about/")
def about():
    return ""
`,
    };
    expect(routesOf(files)).toEqual([
      'GET /about/ about none safe',
      'GET /v1/api/users/<int:id> show none safe path(id)',
    ]);
  });

  it('are those of every place where a blueprint is registered', () => {
    const app = `from flask import Blueprint, Flask

bp = Blueprint("bp", __name__)
app = Flask(__name__)
app.register_blueprint(bp, url_prefix="/de")
app.register_blueprint(bp, url_prefix="/en", name="en")


@bp.get("/")
def home():
    return ""
`;
    expect(routesOf({ 'app.py': app })).toEqual(['GET /de/ home none safe', 'GET /en/ home none safe']);
  });

  it('say that a prefix or a rule is not written in the code, and do not make one up', () => {
    const app = `import os
from flask import Blueprint, Flask

bp = Blueprint("bp", __name__)
app = Flask(__name__)
app.register_blueprint(bp, url_prefix=os.environ["PREFIX"])


@bp.get("/x")
def x():
    return ""


@app.get(os.environ["RULE"])
def y():
    return ""
`;
    expect(routesOf({ 'app.py': app })).toEqual(['GET …/x x none safe', 'GET ? y none safe']);
  });

  it('of class-based views name each method, inherited ones too, and leave base classes out', () => {
    const app = `from flask import Flask
from flask.views import MethodView, View

app = Flask(__name__)


class Base(MethodView):
    def get(self):
        return ""


class Items(Base):
    def post(self):
        return ""


class Old(View):
    def dispatch_request(self):
        return ""


app.add_url_rule("/items", view_func=Items.as_view("items"))
app.add_url_rule("/old", view_func=Old.as_view("old"))
`;
    expect(routesOf({ 'app.py': app })).toEqual([
      'GET /items Items.get none safe',
      'POST /items Items.post none open',
      'GET /old Old.dispatch_request none safe',
    ]);
  });

  it('follow decorators of the project that register, and namespaces of an API', () => {
    const app = `from flask import Blueprint, Flask
from flask_restx import Api, Namespace, Resource

app = Flask(__name__)
bp = Blueprint("api", __name__, url_prefix="/api")
api = Api(bp)
ns = Namespace("books", path="/books")
api.add_namespace(ns)
app.register_blueprint(bp)


def page(rule):
    def decorate(view):
        app.add_url_rule(rule, view_func=view)
        return view

    return decorate


@page("/own")
def own():
    return ""


@ns.route("/<id>")
class Book(Resource):
    def delete(self, id):
        return ""
`;
    expect(routesOf({ 'app.py': app })).toEqual([
      'GET /own own none safe',
      'DELETE /api/books/<id> Book.delete none open path(id)',
    ]);
  });

  it('of tests do not count', () => {
    const app = 'from flask import Flask\napp = Flask(__name__)\n@app.get("/x")\ndef x(): return ""\n';
    expect(routesOf({ 'tests/test_app.py': app })).toEqual([]);
  });
});

describe('who may call', () => {
  const app = (view: string) =>
    routesOf({
      'app.py': `import functools
from flask import Flask, abort, g, redirect, request, session
from flask_login import current_user, login_required

app = Flask(__name__)


def members_only(view):
    @functools.wraps(view)
    def wrapped(**kwargs):
        if g.member is None:
            return redirect("/login")
        return view(**kwargs)

    return wrapped


def caller():
    if "Authorization" not in request.headers:
        abort(401)
    return request.headers["Authorization"]


def with_caller(view):
    def wrapped(**kwargs):
        g.caller = caller()
        return view(**kwargs)

    return wrapped


def timed(view):
    def wrapped(**kwargs):
        return view(**kwargs)

    return wrapped


${view}
`,
    }).map((line) => line.split(' ')[3]);

  it.each([
    ['a decorator of a library', '@app.get("/")\n@login_required\ndef view():\n    return ""', 'decorator'],
    ['one of the project', '@app.get("/")\n@members_only\ndef view():\n    return ""', 'decorator'],
    ['one that leads to a refusal', '@app.get("/")\n@with_caller\ndef view():\n    return ""', 'decorator'],
    [
      'the view itself',
      '@app.get("/")\ndef view():\n    if "id" not in session:\n        abort(401)\n    return ""',
      'body',
    ],
    ['nobody', '@app.get("/")\n@timed\ndef view():\n    return ""', 'none'],
    [
      'nobody, for those who are logged in are sent on',
      '@app.get("/")\ndef view():\n    if current_user.is_authenticated:\n        return redirect("/")\n    return ""',
      'none',
    ],
    [
      'a decorator that is not there to be read',
      'from .guards import staff\n@app.get("/")\n@staff\ndef view():\n    return ""',
      'unknown',
    ],
  ])('is asked by %s', (_, view, state) => {
    expect(app(view)).toEqual([state]);
  });

  it('is asked by a hook before the views of its blueprint, but for those that it names', () => {
    const lines = routesOf({
      'app.py': `from flask import Blueprint, Flask, g, redirect, request

app = Flask(__name__)
bp = Blueprint("admin", __name__)
app.register_blueprint(bp, url_prefix="/admin")
OPEN = {"admin.login"}


@bp.before_request
def guard():
    if request.endpoint not in OPEN and g.user is None:
        return redirect("/login")


@bp.get("/login")
def login():
    return ""


@bp.get("/stats")
def stats():
    return ""


@app.get("/")
def home():
    return ""
`,
    });
    expect(lines.map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
      '/admin/login login none',
      '/admin/stats stats hook',
      '/ home none',
    ]);
  });

  it('is asked by decorators of a class and of what it is made from', () => {
    const lines = routesOf({
      'app.py': `from flask import Flask
from flask.views import MethodView
from flask_login import login_required

app = Flask(__name__)


class Guarded(MethodView):
    decorators = [login_required]


class Items(Guarded):
    def get(self):
        return ""


app.add_url_rule("/items", view_func=Items.as_view("items"))
`,
    });
    expect(lines).toEqual(['GET /items Items.get decorator safe']);
  });
});

describe('CSRF', () => {
  const stateIn = (setUp: string, view: string) =>
    routesOf({
      'app.py': `from flask import Flask, request, session
from flask_wtf import CSRFProtect, FlaskForm

app = Flask(__name__)
${setUp}


class NameForm(FlaskForm):
    pass


${view}
`,
    }).map((line) => line.split(' ')[4]);
  const VIEW = '@app.post("/")\ndef view():\n    session["name"] = request.form["name"]\n    return ""';

  it.each([
    ['checked for the whole app', 'csrf = CSRFProtect(app)', VIEW, 'checked'],
    ['open', '', VIEW, 'open'],
    [
      'exempt by a decorator',
      'csrf = CSRFProtect(app)',
      VIEW.replace('\ndef', '\n@csrf.exempt\ndef'),
      'exempt',
    ],
    ['exempt by a call', 'csrf = CSRFProtect(app)', `${VIEW}\n\n\ncsrf.exempt(view)`, 'exempt'],
    [
      'checked by the form',
      '',
      VIEW.replace('    session', '    NameForm().validate_on_submit()\n    session'),
      'checked',
    ],
    ['of no concern to a view that only reads', '', VIEW.replace('post', 'get'), 'safe'],
  ])('is %s', (_, setUp, view, state) => {
    expect(stateIn(setUp, view)).toEqual([state]);
  });
});

describe('what is read', () => {
  it('is found in the view, in helpers that it calls, and in its decorators', () => {
    const lines = routesOf({
      'app.py': `from flask import Flask, request
from .helpers import page_number

app = Flask(__name__)


def with_body(view):
    def wrapped():
        return view(request.get_json())

    return wrapped


@app.post("/<kind>")
@with_body
def view(kind):
    q = request.args.get("q")
    request.cookies["seen"]
    return str(page_number()) + request.form["name"] + request.files["photo"].filename
`,
      'helpers.py': 'from flask import request\n\n\ndef page_number():\n    return request.args["page"]\n',
    });
    expect(lines).toEqual([
      'POST /<kind> view none open path(kind) query(page,q) form(name) json() files(photo) cookies(seen)',
    ]);
  });
});

describe('findings', () => {
  it('belong to the route whose data leads to them, wherever they are', () => {
    const analyzer = analyzerOfFolder('demo');
    const found = Object.fromEntries(
      analyzer.attackSurface().map(({ rule, findings }) => [rule, findings.map(({ ruleId }) => ruleId)]),
    );
    expect(found['/books/search']).toEqual(['sql-injection', 'jinja-safe-filter']);
    expect(found['/books/decade/<int:decade>']).toEqual([]);
    expect(found['/suppliers/stock']).toEqual(['sql-injection']);
  });
});

describe('whole apps', () => {
  it.each([
    ['demo', 22, 22],
    ['test/apps/library', 38, 38],
    ['test/apps/orders-api', 48, 48],
    ['test/apps/workshop', 36, 36],
    ['test/apps/tickets', 14, 14],
  ])('%s shows all its routes with their rules', (folder, nRoutes, nWritten) => {
    const routes = analyzerOfFolder(folder).attackSurface();
    expect(routes).toHaveLength(nRoutes);
    expect(routes.filter(({ rule }) => rule !== undefined && !rule.includes('…'))).toHaveLength(nWritten);
  });
});
