/** A GraphQL view with a page that shows everything it can be asked. */
import { isBehindDevelopmentSwitch, isDevelopmentFile } from '../model/developmentCode';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'graphql-introspection',
  title: 'GraphQL console for everybody',
  kind: 'introspection',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'The page lists every type, field and mutation of your API and lets whoever opens it try them out. What was meant ' +
      'for the admin pages is found first.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_graphql import GraphQLView

from schema import schema

app = Flask(__name__)
app.add_url_rule("/graphql", view_func=GraphQLView.as_view("graphql", schema=schema, graphiql=True))
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_graphql import GraphQLView

from schema import schema

app = Flask(__name__)
app.add_url_rule("/graphql", view_func=GraphQLView.as_view("graphql", schema=schema, graphiql=app.debug))
`,
    },
    why: 'The page is there while you develop and gone in production.',
    limits:
      'An API that is meant for everybody may show its schema. Without the page, introspection queries are still answered ' +
      'unless a validation rule refuses them.',
    references: [
      {
        title: 'CWE-200: Exposure of Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/200.html',
      },
      {
        title: 'OWASP: GraphQL cheat sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/GraphQL_Cheat_Sheet.html',
      },
    ],
  },
  message: () => 'This view has a page on which everybody can see and try out the whole API.',
  accepts: ({ site, place }) => !isBehindDevelopmentSwitch(site, place),
  severityOf: (_, { file }) => (isDevelopmentFile(file) ? 'information' : 'warning'),
  fix(context, hit) {
    const isNamed = hit.call?.args.some(({ name }) => name?.id === 'graphiql') === true;
    const isStrawberry = hit.callee.startsWith('strawberry.') && !isNamed;
    return fixOption(context, hit, {
      ...(isStrawberry ? { name: 'graphql_ide', value: 'None' } : { name: 'graphiql', value: 'False' }),
      title: 'Leave the page out',
      safety: 'review',
    });
  },
});
