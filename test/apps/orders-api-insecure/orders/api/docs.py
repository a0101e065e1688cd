from flask import Blueprint, render_template, request

bp = Blueprint("docs", __name__, url_prefix="/docs")


@bp.get("/")
def index():
    words = request.args.get("q", "")
    back = request.args.get("back", "/")
    return render_template("docs/index.html", words=words, back=back, theme=request.args.get("theme"))


@bp.after_request
def open_docs(response):
    response.headers["Access-Control-Allow-Origin"] = "*"  # warning: [cors-wildcard]
    return response
