/** Generated blueprints: the usual routes in many shapes, some of them with faults. */
import type { Random } from './random';
import { type Area, STATES } from './vocabulary';

export function blueprintFile(area: Area, helperModule: string, random: Random): string {
  const { noun, plural, className } = area;
  return `"""Pages and API of ${plural}."""
import csv
import io

from flask import (
    Blueprint, Response, abort, current_app, flash, g, jsonify, redirect, render_template, request, session, url_for,
)
from markupsafe import Markup, escape

from ..db import get_db
from ..extensions import db
from ..helpers.${helperModule} import clean_text, parse_page, require_login
from ..models.${noun} import ${className}
from ..services import ${noun} as service

bp = Blueprint("${plural}", __name__, url_prefix="/${plural.replaceAll('_', '-')}")

${routes(area, random)}`;
}

export function routes(area: Area, random: Random): string {
  const required = [listRoute, detailRoute, createRoute, searchRoute];
  const optional = [
    exportRoute,
    stateRoute,
    apiRoute,
    deleteRoute,
    bulkRoute,
    commentRoute,
    statsRoute,
    badgeRoute,
  ];
  const chosen = [...required, ...random.some(optional, 4 + random.below(4))];
  return chosen.map((route) => route(area, random)).join('\n');
}

type Route = (area: Area, random: Random) => string;

const listRoute: Route = ({ plural }, random) => `
@bp.route("/")
def index():
    page = parse_page(request.args.get("page"))
    rows, n_pages = service.page_of_${plural}(page)
    if page > n_pages ${random.chance(0.5) ? 'and n_pages > 0' : 'and page != 1'}:
        return redirect(url_for("${plural}.index", page=n_pages))
    return render_template("${plural}/list.html", rows=rows, page=page, n_pages=n_pages)
`;

const detailRoute: Route = ({ noun, plural, className }) => `
@bp.route("/<int:${noun}_id>")
def detail(${noun}_id):
    ${noun} = ${className}.query.get_or_404(${noun}_id)
    if ${noun}.deleted:
        abort(404)
    back = request.args.get("back", "")
    return render_template("${plural}/detail.html", ${noun}=${noun}, back=back)
`;

const createRoute: Route = ({ noun, plural, className, fields }, random) => `
@bp.route("/new", methods=["GET", "POST"])
@require_login
def create():
    errors = {}
    if request.method == "POST":
        data = {key: request.form.get(key, "").strip() for key in ${JSON.stringify(fields)}}
        ${random.chance(0.5) ? `errors = ${className}.validate(data)` : `if not data["${fields[0]}"]:\n            errors["${fields[0]}"] = "is required"`}
        if not errors:
            ${noun} = ${className}(**data)
            db.session.add(${noun})
            db.session.commit()
            flash("The ${noun.replaceAll('_', ' ')} was saved.", "success")
            current_app.logger.info("${noun} %s created by %s", ${noun}.id, g.user)
            return redirect(url_for("${plural}.detail", ${noun}_id=${noun}.id))
    return render_template("${plural}/form.html", errors=errors, values=request.form)
`;

const searchRoute: Route = ({ plural }, random) => `
@bp.get("/search")
def search():
    term = ${random.pick(['request.args.get("q", "")', 'clean_text(request.args.get("q", ""))', 'request.values["q"]'])}
    if len(term) < ${2 + random.below(3)}:
        flash("Type some more letters.")
        return redirect(url_for("${plural}.index"))
    rows = service.find_${plural}(term, limit=${50 + random.below(200)})
    return render_template("${plural}/list.html", rows=rows, term=term, page=1, n_pages=1)
`;

const exportRoute: Route = ({ plural, fields }, random) => {
  const isVulnerable = random.chance(0.3);
  const query = isVulnerable
    ? `get_db().execute("SELECT * FROM ${plural} ORDER BY " + order)`
    : `get_db().execute("SELECT * FROM ${plural} ORDER BY " + (order if order in ALLOWED_ORDERS else "id"))`;
  return `
ALLOWED_ORDERS = ("id", ${fields
    .slice(0, 3)
    .map((field) => `"${field}"`)
    .join(', ')})


@bp.route("/export.csv")
@require_login
def export():
    order = request.args.get("order", "id")
    rows = ${query}.fetchall()
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["id", ${fields.map((field) => `"${field}"`).join(', ')}])
    for row in rows:
        writer.writerow([row["id"], ${fields.map((field) => `row["${field}"]`).join(', ')}])
    return Response(buffer.getvalue(), mimetype="text/csv")
`;
};

const stateRoute: Route = ({ noun, plural, className }, random) => {
  const states = random.some(STATES, 3);
  return `
@bp.post("/<int:${noun}_id>/state")
@require_login
def change_state(${noun}_id):
    state = request.form.get("state")
    ${noun} = ${className}.query.get_or_404(${noun}_id)
    match state:
        case "${states[0]}" | "${states[1]}":
            ${noun}.state = state
        case "${states[2]}" if ${noun}.state != "${states[0]}":
            ${noun}.state = state
        case _:
            abort(400, description="This state is not known.")
    db.session.commit()
    return redirect(url_for("${plural}.detail", ${noun}_id=${noun}_id))
`;
};

const apiRoute: Route = ({ noun, className, fields }, random) => `
@bp.route("/api/<int:${noun}_id>", methods=["GET", "PUT"])
def api(${noun}_id):
    ${noun} = ${className}.query.filter_by(id=${noun}_id, deleted=False).first()
    if ${noun} is None:
        return jsonify(error="not found"), 404
    if request.method == "PUT":
        payload = request.get_json(silent=True) or {}
        unknown = [key for key in payload if key not in ${JSON.stringify(fields)}]
        if unknown:
            return jsonify(error="unknown fields", fields=sorted(unknown)), 422
        for key, value in payload.items():
            setattr(${noun}, key, value${random.chance(0.5) ? '' : '.strip() if isinstance(value, str) else value'})
        db.session.commit()
    return jsonify(${noun}.to_dict())
`;

const deleteRoute: Route = ({ noun, plural, className }, random) => `
@bp.route("/<int:${noun}_id>/delete", methods=["POST"])
@require_login
def delete(${noun}_id):
    ${noun} = db.session.get(${className}, ${noun}_id)
    if ${noun} is None or (${noun}.created_by != session.get("user_id") and not g.user.is_admin):
        abort(${random.pick(['403', '404'])})
    ${noun}.deleted = True
    db.session.commit()
    flash(f"{${noun}.id} was deleted.")
    return redirect(url_for("${plural}.index"))
`;

const bulkRoute: Route = ({ plural }) => `
@bp.route("/bulk", methods=["POST"])
@require_login
def bulk():
    ids = [int(value) for value in request.form.getlist("id") if value.isdigit()]
    if not ids:
        flash("Nothing was chosen.", "warning")
        return redirect(url_for("${plural}.index"))
    marks = ", ".join(["?"] * len(ids))
    connection = get_db()
    with connection:
        connection.execute(f"UPDATE ${plural} SET deleted = 1 WHERE id IN ({marks})", ids)
    flash(f"{len(ids)} ${plural} were deleted.")
    return redirect(url_for("${plural}.index"))
`;

const commentRoute: Route = ({ noun, plural }, random) => {
  const isVulnerable = random.chance(0.3);
  const body = isVulnerable ? 'Markup("<p>" + body + "</p>")' : 'Markup("<p>{}</p>").format(body)';
  return `
@bp.route("/<int:${noun}_id>/comments", methods=["POST"])
def comment(${noun}_id):
    body = request.form["body"]
    author = session.get("name") or "somebody"
    try:
        get_db().execute(
            "INSERT INTO ${noun}_comments (${noun}_id, author, body) VALUES (?, ?, ?)", (${noun}_id, author, body)
        )
        get_db().commit()
    except KeyError as error:
        current_app.logger.warning("comment on %s refused: %s", ${noun}_id, error)
        abort(400)
    return render_template("${plural}/comment.html", body=${body}, author=escape(author))
`;
};

const statsRoute: Route = ({ plural, fields }, random) => `
@bp.route("/stats")
def stats():
    by_state = {}
    newest = None
    for row in get_db().execute("SELECT state, created_at, ${fields[0]} FROM ${plural}"):
        state = row["state"] or "unknown"
        by_state[state] = by_state.get(state, 0) + 1
        if newest is None or row["created_at"] > newest:
            newest = row["created_at"]
    total = sum(by_state.values())
    shares = {state: round(100 * n / total, ${1 + random.below(2)}) for state, n in by_state.items()} if total else {}
    return jsonify(total=total, shares=shares, newest=newest)
`;

const badgeRoute: Route = ({ noun, className }, random) => {
  const label = random.chance(0.4)
    ? 'request.args.get("label", "")'
    : 'escape(request.args.get("label", ""))';
  return `
@bp.route("/<int:${noun}_id>/badge")
def badge(${noun}_id):
    ${noun} = ${className}.query.get_or_404(${noun}_id)
    label = ${label}
    color = {"open": "green", "closed": "gray"}.get(${noun}.state, "blue")
    return Markup(f'<span class="badge badge-{color}">{label}</span>')
`;
};
