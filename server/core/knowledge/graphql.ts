/** GraphQL views: the page on which everybody can try queries out.
 *  @see https://github.com/graphql-python/flask-graphql#supported-options
 *  @see https://strawberry.rocks/docs/integrations/flask */
import type { Library, MisuseRow } from './library';

const PAGE = {
  kind: 'introspection',
  at: { name: 'graphiql' },
  when: [{ argument: { name: 'graphiql' }, values: [true, 1] }],
} as const satisfies MisuseRow;

export const graphql = {
  reference: 'https://github.com/graphql-python/flask-graphql#supported-options',
  misuses: {
    'flask_graphql.GraphQLView.as_view': PAGE,
    'graphql_server.flask.GraphQLView.as_view': PAGE,
    'graphql_server.flask.views.GraphQLView.as_view': PAGE,
    'strawberry.flask.views.GraphQLView.as_view': [
      PAGE,
      {
        kind: 'introspection',
        at: { name: 'graphql_ide' },
        when: [
          { argument: { name: 'graphiql' }, values: ['absent'] },
          {
            argument: { name: 'graphql_ide' },
            values: ['absent', 'graphiql', 'apollo-sandbox', 'pathfinder'],
          },
        ],
      },
    ],
  },
} as const satisfies Library;
