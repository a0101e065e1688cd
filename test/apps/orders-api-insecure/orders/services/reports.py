import importlib
import re

from flask import render_template_string

HEADER = "<h1>{}</h1>"


class ReportService:
    def __init__(self, rows):
        self.rows = rows

    def filtered(self, pattern):
        return [row for row in self.rows if re.search(pattern, row["customer"])]  # warning: [regex-injection]

    def computed(self, formula):
        return [eval(formula, {"row": row}) for row in self.rows]  # error: [code-injection]

    def rendered(self, title):
        return render_template_string(HEADER.format(title) + "{{ rows|length }}", rows=self.rows)  # error: [template-injection]

    def formatted(self, kind):
        module = importlib.import_module("orders.formats." + kind)  # error: [unsafe-reflection]
        return module.dump(self.rows)
