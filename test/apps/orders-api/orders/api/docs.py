from flask import Blueprint, current_app, render_template, request, url_for

bp = Blueprint("docs", __name__, url_prefix="/docs")


def endpoints():
    for rule in sorted(current_app.url_map.iter_rules(), key=str):
        if rule.rule.startswith("/v1/"):
            view = current_app.view_functions[rule.endpoint]
            yield {"path": rule.rule, "methods": sorted(rule.methods - {"HEAD", "OPTIONS"}), "text": view.__doc__ or ""}


@bp.get("/")
def index():
    words = request.args.get("q", "").strip()
    found = [entry for entry in endpoints() if words.lower() in entry["path"].lower()]
    config = {"base": url_for("docs.index", _external=True), "query": words}
    return render_template("docs/index.html", endpoints=found, words=words, config=config)


@bp.after_request
def allow_own_script(response):
    response.headers["Content-Security-Policy"] = "default-src 'self'; style-src 'self'"
    return response
