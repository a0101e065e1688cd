"""Orders that partners send as XML."""
from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)
PARSER = etree.XMLParser(resolve_entities=True, no_network=False)


@app.post("/order")
def order():
    parser = etree.XMLParser(resolve_entities=True)
    root = etree.fromstring(request.data, parser)
    return jsonify(item=root.findtext("item"))


@app.post("/shared")
def shared():
    return jsonify(item=etree.XML(request.get_data(), PARSER).findtext("item"))


@app.post("/file")
def upload():
    tree = etree.parse(request.files["order"], etree.XMLParser(load_dtd=True, resolve_entities=True))
    return jsonify(item=tree.getroot().findtext("item"))
