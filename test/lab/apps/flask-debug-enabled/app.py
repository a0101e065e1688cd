"""A shop that went live as it was developed."""
import os

from flask import Flask, request

app = Flask(__name__)
DISCOUNT = "code-of-the-month"


@app.get("/price/<int:price>")
def price(price):
    parts = request.args.get("parts", default=1, type=int)
    hint = len(DISCOUNT)
    return f"{price / parts} ({hint})"


if __name__ == "__main__":
    app.run(debug=True, port=int(os.environ["PORT"]))
