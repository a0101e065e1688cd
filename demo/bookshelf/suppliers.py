"""Stock of our supplier, who lets us read a MySQL database."""
import pymysql
from flask import Blueprint, current_app, render_template, request

from .auth import login_required

bp = Blueprint("suppliers", __name__, url_prefix="/suppliers")

STOCK_TABLE = "stock"


@bp.get("/stock")
@login_required
def stock():
    isbn = request.args.get("isbn", "")
    rows = []
    error = None
    try:
        connection = pymysql.connect(
            host=current_app.config["SUPPLIER_HOST"],
            user=current_app.config["SUPPLIER_USER"],
            password=current_app.config["SUPPLIER_PASSWORD"] or "",
            database="supplier",
            connect_timeout=2,  # seconds
        )
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT title, copies FROM stock WHERE isbn = '%s'" % isbn)
            rows = cursor.fetchall()
            cursor.execute(f"SELECT MAX(updated) FROM {STOCK_TABLE} WHERE isbn = %s", (isbn,))
            current_app.logger.info("stock as of %s", cursor.fetchone())
    except pymysql.MySQLError:
        current_app.logger.warning("the supplier cannot be reached")
        error = "The supplier cannot be reached right now."
    return render_template("suppliers/stock.html", isbn=isbn, rows=rows, error=error)
