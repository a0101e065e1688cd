/** Libraries that read and check the request for a view: reqparse of Flask-RESTful and RESTX, webargs, marshmallow,
 *  flask-smorest, APIFlask.
 *  @see https://flask-restx.readthedocs.io/en/latest/parsing.html
 *  @see https://webargs.readthedocs.io/en/latest/quickstart.html
 *  @see https://marshmallow.readthedocs.io/en/latest/quickstart.html
 *  @see https://flask-smorest.readthedocs.io/en/latest/arguments.html
 *  @see https://apiflask.com/schema/ */
import type { Library } from './library';

const PARSER = 'flask_restful.reqparse.RequestParser';
const CONVERTED = { clears: 'all', label: 'converted' } as const;
/** A schema lets through the fields that it declares. */
const DECLARED = { clears: ['massAssignment'], label: 'loaded by a schema' } as const;
const ARGUMENTS = {
  label: 'the request’s arguments',
  safeFor: ['massAssignment'],
  hasOwnKeys: true,
} as const;
const ALL = { label: 'the request’s arguments', parameters: 'all' } as const;

export const requestParsers = {
  reference: 'https://flask-restful.readthedocs.io/en/latest/reqparse.html',
  aliases: {
    'flask_restx.reqparse.RequestParser': PARSER,
    'flask_restplus.reqparse.RequestParser': PARSER,
    'flask_restful.request': 'flask.request',
    'flask_restx.inputs.boolean': 'flask_restful.inputs.boolean',
    'flask_restx.inputs.natural': 'flask_restful.inputs.natural',
    'flask_restx.inputs.positive': 'flask_restful.inputs.positive',
    'flask_restx.inputs.int_range': 'flask_restful.inputs.int_range',
    'flask_restx.inputs.date': 'flask_restful.inputs.date',
    'webargs.flaskparser.FlaskParser.use_args': 'webargs.flaskparser.use_args',
    'webargs.flaskparser.FlaskParser.use_kwargs': 'webargs.flaskparser.use_kwargs',
    'webargs.flaskparser.parser.use_args': 'webargs.flaskparser.use_args',
    'webargs.flaskparser.parser.use_kwargs': 'webargs.flaskparser.use_kwargs',
    'flask_marshmallow.Marshmallow.Schema': 'marshmallow.Schema',
    'flask_marshmallow.Marshmallow.SQLAlchemySchema': 'marshmallow.Schema',
    'marshmallow.schema.Schema': 'marshmallow.Schema',
    'apiflask.Schema': 'marshmallow.Schema',
    'apiflask.request': 'flask.request',
  },
  types: {
    [`${PARSER}.add_argument()`]: PARSER,
    'flask_restx.Api.parser()': PARSER,
    'flask_restx.Namespace.parser()': PARSER,
  },
  bases: {
    'flask_marshmallow.Schema': 'marshmallow.Schema',
    'apiflask.APIFlask': 'flask.Flask',
    'apiflask.APIBlueprint': 'flask.Blueprint',
    'flask_smorest.Blueprint': 'flask.Blueprint',
  },
  sources: {
    [`${PARSER}.parse_args()`]: ARGUMENTS,
    'webargs.flaskparser.parser.parse()': ARGUMENTS,
    'webargs.flaskparser.FlaskParser.parse()': ARGUMENTS,
    'flask_restx.Api.payload': { label: 'the JSON body' },
    'flask_restx.Namespace.payload': { label: 'the JSON body' },
  },
  handlers: {
    'webargs.flaskparser.use_args': ALL,
    'webargs.flaskparser.use_kwargs': ALL,
    'flask_pydantic.validate': ALL,
    'flask_smorest.Blueprint.arguments': ALL,
    'apiflask.APIFlask.input': ALL,
    'apiflask.APIBlueprint.input': ALL,
  },
  // Converters of arguments.
  sanitizers: {
    'flask_restful.inputs.boolean': CONVERTED,
    'flask_restful.inputs.natural': CONVERTED,
    'flask_restful.inputs.positive': CONVERTED,
    'flask_restful.inputs.int_range': CONVERTED,
    'flask_restful.inputs.date': CONVERTED,
    'marshmallow.Schema.load': DECLARED,
    'marshmallow.Schema.loads': DECLARED,
  },
} as const satisfies Library;
