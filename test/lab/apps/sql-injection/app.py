"""A shop that asks four databases in five ways, always by putting the question's text together."""
from flask import Flask

import catalog
import orders
import people
import stock

app = Flask(__name__)
app.register_blueprint(people.bp, url_prefix="/people")
app.register_blueprint(orders.bp, url_prefix="/orders")
app.register_blueprint(stock.bp, url_prefix="/stock")
catalog.init_app(app)
