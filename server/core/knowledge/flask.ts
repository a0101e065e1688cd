/** Flask and Werkzeug. */
import { SENT_WHOLE } from './exceptions';
import type { Library } from './library';

const MULTI_DICT = 'werkzeug.datastructures.MultiDict';
const HEADERS = 'werkzeug.datastructures.Headers';
const FILES = 'werkzeug.datastructures.FileMultiDict';
const ACCEPT = 'werkzeug.datastructures.Accept';

/** Where a page says how it was asked for: a visitor writes these for their own requests only, so that nobody else
 *  is led astray by them. `open-redirect` knows these labels. */
const OWN_ADDRESS = 'the address of this request';
const HOST = 'the Host header';

/** What the server itself puts into the environment.
 *  @see https://peps.python.org/pep-3333/#environ-variables */
const SERVER_KEYS = [
  'SERVER_NAME',
  'SERVER_PORT',
  'SERVER_PROTOCOL',
  'SERVER_SOFTWARE',
  'GATEWAY_INTERFACE',
  'DOCUMENT_ROOT',
  'REMOTE_ADDR',
  'REMOTE_PORT',
  'wsgi.version',
  'wsgi.url_scheme',
  'wsgi.errors',
  'wsgi.multithread',
  'wsgi.multiprocess',
  'wsgi.run_once',
] as const;

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

const OPEN_RESOURCE = {
  kind: 'path',
  argument: { position: 0, name: 'resource' },
  effect: 'names the file that is opened',
} as const;
const TEMPLATE_SOURCE = {
  kind: 'template',
  argument: { position: 0, name: 'source' },
  effect: 'is run as a template',
} as const;
const TEMPLATE_NAME = {
  kind: 'templateName',
  argument: { position: 0, name: 'template_name_or_list' },
  effect: 'names the template that is rendered',
} as const;

/** A page in a visitor's browser is asked from the host that it came from: nobody else can choose it for them. */
const OWN_HOST = ['html', 'redirect'] as const;

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
    'flask.templating.render_template_string': 'flask.render_template_string',
    'flask.templating.stream_template_string': 'flask.stream_template_string',
    'flask.helpers.send_file': 'flask.send_file',
    'flask.helpers.send_from_directory': 'flask.send_from_directory',
    'flask.helpers.redirect': 'flask.redirect',
    'flask.helpers.url_for': 'flask.url_for',
    'flask.sessions.session': 'flask.session',
    'flask.wrappers.Request': 'flask.Request',
    'werkzeug.utils.redirect': 'flask.redirect',
    'werkzeug.redirect': 'flask.redirect',
    'werkzeug.utils.send_file': 'flask.send_file',
    'werkzeug.utils.send_from_directory': 'flask.send_from_directory',
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
    'flask.request.files': { label: 'the uploaded files', type: FILES },
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
    'flask.request.url': { label: OWN_ADDRESS },
    'flask.request.base_url': { label: OWN_ADDRESS },
    'flask.request.url_root': { label: HOST, safeFor: OWN_HOST },
    'flask.request.root_url': { label: HOST },
    'flask.request.access_route': { label: 'the X-Forwarded-For header' },
    'flask.request.accept_languages': { label: 'the Accept-Language header', type: ACCEPT },
    'flask.request.accept_mimetypes': { label: 'the Accept header', type: ACCEPT },
    'flask.request.accept_charsets': { label: 'the Accept-Charset header', type: ACCEPT },
    'flask.request.mimetype_params': { label: 'the Content-Type header' },
    'flask.request.pragma': { label: 'the Pragma header' },
    'flask.request.cache_control': { label: 'the Cache-Control header' },
    'flask.request.referrer': { label: 'the Referer header' },
    'flask.request.origin': { label: 'the Origin header' },
    'flask.request.host': { label: HOST, safeFor: OWN_HOST },
    'flask.request.host_url': { label: HOST, safeFor: OWN_HOST },
    'flask.request.user_agent': { label: 'the User-Agent header' },
    'flask.request.authorization': { label: 'the Authorization header' },
    'flask.request.environ': { label: 'the request environment', trustedKeys: SERVER_KEYS },
    'flask.request.content_type': { label: 'the Content-Type header' },
    'flask.request.mimetype': { label: 'the Content-Type header' },
  },
  sinks: {
    'flask.send_file': [
      {
        kind: 'path',
        argument: { position: 0, name: 'path_or_file' },
        unless: [{ argument: { name: 'filename_or_fp' }, values: ['unknown'] }],
        effect: 'names the file that is sent',
      },
      // The name before Flask 2.0.
      { kind: 'path', argument: { name: 'filename_or_fp' }, effect: 'names the file that is sent' },
    ],
    'flask.send_from_directory': {
      kind: 'path',
      argument: { position: 0, name: 'directory' },
      effect: 'names the folder whose files are sent',
    },
    'flask.Flask.open_resource': OPEN_RESOURCE,
    'flask.Flask.open_instance_resource': OPEN_RESOURCE,
    'flask.Blueprint.open_resource': OPEN_RESOURCE,
    'flask.redirect': {
      kind: 'redirect',
      argument: { position: 0, name: 'location' },
      effect: 'is where the browser is sent',
    },
    'flask.Flask.redirect': {
      kind: 'redirect',
      argument: { position: 0, name: 'location' },
      effect: 'is where the browser is sent',
    },
    'flask.render_template_string': [TEMPLATE_SOURCE, SENT_WHOLE],
    'flask.stream_template_string': [TEMPLATE_SOURCE, SENT_WHOLE],
    'flask.render_template': [TEMPLATE_NAME, SENT_WHOLE],
    'flask.stream_template': [TEMPLATE_NAME, SENT_WHOLE],
    'flask.session.update': {
      kind: 'trust',
      argument: 'all',
      effect: 'is kept in the session',
    },
    'flask.session.setdefault': {
      kind: 'trust',
      argument: { position: 1, name: 'default' },
      effect: 'is kept in the session',
    },
  },
  writes: {
    'flask.session[]': { kind: 'trust', effect: 'is kept in the session', part: 'both' },
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
    // Set by the server, by routing or from a fixed set, not free text.
    'flask.request.remote_addr',
    'flask.request.method',
    'flask.request.scheme',
    'flask.request.endpoint',
    'flask.request.blueprint',
    'flask.request.blueprints',
    'flask.request.url_rule',
    'flask.request.content_length',
    'flask.request.is_json',
    'flask.request.is_secure',
    'flask.request.script_root',
    'flask.request.root_path',
  ],
} as const satisfies Library;
