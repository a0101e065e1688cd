/** GraphQL: what resolvers are asked for, and the page on which everybody can try queries out.
 *  @see https://docs.graphene-python.org/en/latest/types/objecttypes/#resolvers
 *  @see https://github.com/graphql-python/flask-graphql#supported-options
 *  @see https://strawberry.rocks/docs/integrations/flask */
import type { Library, MisuseRow } from './library';

const PAGE = {
  kind: 'introspection',
  at: { name: 'graphiql' },
  when: [{ argument: { name: 'graphiql' }, values: [true, 1] }],
} as const satisfies MisuseRow;

const ARGUMENTS = { label: 'the GraphQL query', parameters: 'all', skips: 2 } as const;
const FIELD = { ...ARGUMENTS, skips: 1 } as const;

export const graphql = {
  reference: 'https://github.com/graphql-python/flask-graphql#supported-options',
  handlers: {
    'graphene.ObjectType.resolve_*': ARGUMENTS,
    'graphene.Mutation.mutate': ARGUMENTS,
    'graphene.relay.ClientIDMutation.mutate_and_get_payload': ARGUMENTS,
    'strawberry.field': FIELD,
    'strawberry.mutation': FIELD,
  },
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
