/** Generated templates: lists, details, forms, some with a value that is not escaped. */
import type { Random } from './random';
import type { Area } from './vocabulary';

export const BASE_TEMPLATE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{% block title %}{{ config.SITE_NAME }}{% endblock %}</title>
  <link rel="stylesheet" href="{{ url_for('static', filename='app.css') }}">
</head>
<body class="{{ 'dark' if session.dark else 'light' }}">
  {% for category, message in get_flashed_messages(with_categories=true) %}
    <div class="flash {{ category }}">{{ message }}</div>
  {% endfor %}
  {% block content %}{% endblock %}
</body>
</html>
`;

export function templateFiles(area: Area, random: Random): Record<string, string> {
  const folder = `app/templates/${area.plural}`;
  return {
    [`${folder}/list.html`]: listPage(area, random),
    [`${folder}/detail.html`]: detailPage(area, random),
    [`${folder}/form.html`]: formPage(area),
    [`${folder}/comment.html`]: '<article><b>{{ author }}</b>{{ body }}</article>\n',
  };
}

function listPage({ plural, noun, fields }: Area, random: Random): string {
  const term = random.chance(0.25) ? '{{ term|safe }}' : '{{ term }}';
  return `{% extends "base.html" %}
{% block title %}${plural.replaceAll('_', ' ')} – {{ super() }}{% endblock %}
{% block content %}
<h1>${plural.replaceAll('_', ' ')}{% if term %} with “${term}”{% endif %}</h1>
<table>
  {% for row in rows %}
  <tr class="{{ loop.cycle('odd', 'even') }}">
    <td><a href="{{ url_for('${plural}.detail', ${noun}_id=row.id) }}">{{ row.id }}</a></td>
${fields.map((field) => `    <td>{{ row.${field}${random.chance(0.2) ? '|upper' : ''} }}</td>`).join('\n')}
  </tr>
  {% else %}
  <tr><td colspan="${fields.length + 1}">Nothing here yet.</td></tr>
  {% endfor %}
</table>
{% if n_pages > 1 %}
<nav>{% for number in range(1, n_pages + 1) %}<a href="?page={{ number }}"{% if number == page %} class="here"{% endif %}>{{ number }}</a>{% endfor %}</nav>
{% endif %}
{% endblock %}
`;
}

function detailPage({ noun, plural, fields }: Area, random: Random): string {
  const back = random.chance(0.3)
    ? '<p>{{ back|safe }}</p>'
    : `<a href="{{ url_for('${plural}.index') }}">back</a>`;
  return `{% extends "base.html" %}
{% from "macros.html" import field %}
{% block content %}
<h1>{{ ${noun}.${fields[0]} }}</h1>
<dl>
${fields.map((name) => `  {{ field("${name}", ${noun}.${name}) }}`).join('\n')}
</dl>
{# the state may be changed by its owner only #}
{% if g.user and ${noun}.created_by == g.user.id %}
<form method="post" action="{{ url_for('${plural}.index') }}">
  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
  <button title="{{ ${noun}.state }}">change</button>
</form>
{% endif %}
<script>const data = {{ ${noun}.to_dict()|tojson }};</script>
${back}
{% endblock %}
`;
}

function formPage({ fields }: Area): string {
  return `{% extends "base.html" %}
{% block content %}
<form method="post">
  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
${fields
  .map(
    (field) => `  <label>${field} <input name="${field}" value="{{ values.${field} }}"></label>
  {% if errors.${field} %}<p class="error">{{ errors.${field} }}</p>{% endif %}`,
  )
  .join('\n')}
  <button>Save</button>
</form>
{% endblock %}
`;
}

export const MACROS_TEMPLATE = `{% macro field(name, value) -%}
<dt>{{ name|replace("_", " ")|capitalize }}</dt><dd>{{ value if value is not none else "–" }}</dd>
{%- endmacro %}
`;
