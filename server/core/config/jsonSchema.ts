/** The declaration of the configuration as JSON schemas: for `moat.toml`, and for the settings of the editor. Used when
 *  the project is generated; nothing of it is shipped. */
import { CONFIG_KEYS, CONFIG_SHAPE } from './schema';
import { camel, type Field, kebab, type Shape } from './shape';

export interface SchemaRule {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
}

type Schema = Readonly<Record<string, unknown>>;

interface Style {
  readonly rules: readonly SchemaRule[];
  spell(key: string): string;
  /** Key under which a Markdown text stands. */
  readonly doc: 'description' | 'markdownDescription';
}

/** The schema of `moat.toml`. */
export function tomlSchema(rules: readonly SchemaRule[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/moat-flask/moat/main/schemas/moat.schema.json',
    title: 'Moat: moat.toml',
    ...toSchema(CONFIG_SHAPE, { rules, spell: kebab, doc: 'description' }),
  };
}

/** The settings of the editor that mirror the file, by full name. */
export function configSettings(rules: readonly SchemaRule[]): Readonly<Record<string, Schema>> {
  const style: Style = { rules, spell: camel, doc: 'markdownDescription' };
  const entries = Object.entries<Field>(CONFIG_KEYS).map(([key, field]) => [
    `moat.${camel(key)}`,
    {
      ...topSchema(field, style),
      default: field.default ?? (field.shape.is === 'list' ? [] : {}),
      scope: 'resource',
    },
  ]);
  return Object.fromEntries(entries);
}

/** Rows of the table in the README. */
export function configTable(): readonly string[] {
  const rows = Object.entries<Field>(CONFIG_KEYS).map(([key, { doc, default: fallback }]) => {
    const shown =
      fallback === undefined || JSON.stringify(fallback) === '""' ? '' : `\`${JSON.stringify(fallback)}\``;
    return `| \`${key}\` | \`moat.${camel(key)}\` | ${shown} | ${doc.replaceAll('|', '\\|')} |`;
  });
  return ['| Key | Setting of the editor | Default | What it does |', '|---|---|---|---|', ...rows];
}

/** Editors show tables in their text form: the file's schema says more of what lies in them. */
function topSchema(field: Field, style: Style): Schema {
  const { shape } = field;
  if (shape.is !== 'map' || shape.keys === 'rule') return fieldSchema(field, style);
  return { type: 'object', [style.doc]: field.doc };
}

function fieldSchema({ shape, doc, default: fallback }: Field, style: Style): Schema {
  return {
    ...toSchema(shape, style),
    ...(fallback === undefined ? {} : { default: fallback }),
    [style.doc]: doc,
  };
}

function toSchema(shape: Shape, style: Style): Schema {
  switch (shape.is) {
    case 'boolean':
    case 'number':
      return { type: shape.is };
    case 'text':
      return { type: 'string' };
    case 'choice':
      return { type: 'string', enum: [...shape.of] };
    case 'list':
      return { type: 'array', items: toSchema(shape.of, style) };
    case 'either':
      return { anyOf: shape.of.map((one) => toSchema(one, style)) };
    case 'record': {
      const required = Object.entries(shape.fields).filter(([, field]) => field.isRequired);
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([key, field]) => [style.spell(key), fieldSchema(field, style)]),
        ),
        additionalProperties: false,
        ...(required.length === 0 ? {} : { required: required.map(([key]) => style.spell(key)) }),
      };
    }
    case 'map':
      return mapSchema(shape, style);
  }
}

/** Ids of rules are told one by one, so that editors complete them; custom rules come on top. */
function mapSchema(shape: Extract<Shape, { is: 'map' }>, style: Style): Schema {
  const value = toSchema(shape.of, style);
  if (shape.keys !== 'rule') return { type: 'object', additionalProperties: value };
  const entries = [...style.rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, severity }) => [id, { ...value, [style.doc]: `${title} (${severity} by default).` }]);
  return { type: 'object', properties: Object.fromEntries(entries), additionalProperties: value };
}
