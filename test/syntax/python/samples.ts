/** Sources as people write them, for edits and cuts at random places. */

export const FLASK_MODULE = `"""Views of the shop."""

import os
import sqlite3
from flask import (
    Blueprint,
    request,
    render_template,  # templates
)

bp = Blueprint("shop", __name__, url_prefix="/shop")
LIMITS = {"page": 20, "search": [1, 2, 3]}
QUERY = """
    SELECT *
    FROM items
    WHERE name = ?
"""


def connect():
    return sqlite3.connect(os.environ["DB"])


@bp.route("/")
@bp.get("/index")
def index():
    """Lists items.

    Uses \`LIMITS\`.
    """
    page = int(request.args.get("page", 1))
    rows = connect().execute(QUERY, (page,)).fetchall()
    return render_template("index.html", rows=rows, title=f"Page {page!r:>{LIMITS['page']}} {{x}}")


@bp.post("/buy/<int:item_id>")
async def buy(item_id: int, *, count: int = 1, **rest):
    if count < 1:
        raise ValueError("count")
    elif (total := count * 2) > 10:
        pass
    else:
        total = 0
    try:
        with connect() as db, open("log") as log:
            db.execute(
                f"UPDATE items SET n = {count} "
                "WHERE id = " + str(item_id)
            )
    except (OSError, sqlite3.Error) as error:
        log.write('failed: %s' % error); raise
    finally:
        print(total, *[x for x in rest.values() if x], sep=", ")
    return {"ok": True}


class Cart(dict, metaclass=type):
    '''A cart.'''

    items: list = []

    @property
    def total(self):
        return sum(i.price for i in self.items)

    @staticmethod
    def parse(text):
        match text.split():
            case [name, *_] if name:
                return lambda x, /, y=1: (x, y)
            case {"a": 1, **kw} | str() as whole:
                return whole[1:2, ::3]
            case _:
                return None


if __name__ == "__main__":
    bp.run(debug=True)
`;

export const MIXED_MODULE = `x = 1; y = 2
def f(a, b=(1, 2)): return a if b else not a
é = f"{x}é😀{y}"
data = [
'margin',
x,
]
while x < 3 and \\
      y: x += 1
@deco
# between
class A: z = 3
type V[T] = list[T]
t = t"a{x}" rb'\\x'
for i in range(3):
\tif i: continue
else:
\tdel data[0]
# end
`;

export const SAMPLES: readonly string[] = [
  FLASK_MODULE,
  MIXED_MODULE,
  FLASK_MODULE.replaceAll('\n', '\r\n'),
  MIXED_MODULE.replaceAll('\n', '\r'),
];
