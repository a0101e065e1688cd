/** Flask and Werkzeug. */
import type { Library } from './library';

const MULTI_DICT = 'werkzeug.datastructures.MultiDict';
const HEADERS = 'werkzeug.datastructures.Headers';

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

export const flask = {
  reference: 'https://flask.palletsprojects.com/en/stable/api/',
  aliases: {
    'flask.escape': 'markupsafe.escape',
    'flask.Markup': 'markupsafe.Markup',
    'flask.globals.request': 'flask.request',
    'flask.globals.g': 'flask.g',
    'flask.globals.current_app': 'flask.current_app',
    'flask.globals.session': 'flask.session',
    'flask.app.Flask': 'flask.Flask',
    'flask.blueprints.Blueprint': 'flask.Blueprint',
    'flask.templating.render_template': 'flask.render_template',
    'flask.views.MethodView': 'flask.views.MethodView',
    'werkzeug.MultiDict': MULTI_DICT,
    'werkzeug.exceptions.abort': 'flask.abort',
  },
  types: {
    'flask.current_app': 'flask.Flask',
    'flask.Flask.config': 'flask.Config',
    'flask.config.Config': 'flask.Config',
    'flask.Flask.logger': 'logging.Logger',
    'flask.Flask.jinja_env': 'jinja2.Environment',
  },
  sources: {
    'flask.request.args': { label: 'the query string', type: MULTI_DICT },
    'flask.request.form': { label: 'the submitted form', type: MULTI_DICT },
    'flask.request.values': { label: 'the query string or form', type: MULTI_DICT },
    'flask.request.files': { label: 'the uploaded files', type: MULTI_DICT },
    'flask.request.cookies': { label: 'the cookies', type: MULTI_DICT },
    'flask.request.headers': { label: 'the request headers', type: HEADERS },
    'flask.request.json': { label: 'the JSON body' },
    'flask.request.get_json()': { label: 'the JSON body' },
    'flask.request.data': { label: 'the request body' },
    'flask.request.get_data()': { label: 'the request body' },
    'flask.request.stream': { label: 'the request body' },
    'flask.request.input_stream': { label: 'the request body' },
    'flask.request.query_string': { label: 'the query string' },
    'flask.request.view_args': { label: 'the URL' },
    'flask.request.path': { label: 'the URL' },
    'flask.request.full_path': { label: 'the URL' },
    'flask.request.url': { label: 'the URL' },
    'flask.request.base_url': { label: 'the URL' },
    'flask.request.referrer': { label: 'the Referer header' },
    'flask.request.origin': { label: 'the Origin header' },
    'flask.request.host': { label: 'the Host header' },
    'flask.request.host_url': { label: 'the Host header' },
    'flask.request.user_agent': { label: 'the User-Agent header' },
    'flask.request.authorization': { label: 'the Authorization header' },
    'flask.request.environ': { label: 'the request environment' },
    'flask.request.content_type': { label: 'the Content-Type header' },
    'flask.request.mimetype': { label: 'the Content-Type header' },
  },
  viewClasses: {
    'flask.views.View': ['dispatch_request'],
    'flask.views.MethodView': VERBS,
    'flask_restful.Resource': VERBS,
    'flask_restx.Resource': VERBS,
    'flask_restplus.Resource': VERBS,
  },
  endings: ['flask.abort', 'flask_restful.abort', 'flask_restx.abort'],
  trusted: [
    'flask.url_for',
    'flask.Flask.config',
    'flask.current_app.config',
    'flask.Config.get',
    'flask.render_template',
    'flask.render_template_string',
  ],
} as const satisfies Library;
