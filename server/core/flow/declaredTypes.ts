/** What a declared type makes of data that comes in: models of pydantic convert it by annotations, schemas of
 *  marshmallow and webargs by fields, forms of WTForms by fields and validators.
 *  @see https://docs.pydantic.dev/latest/concepts/fields/
 *  @see https://marshmallow.readthedocs.io/en/latest/marshmallow.fields.html
 *  @see https://wtforms.readthedocs.io/en/stable/validators/ */
import { KNOWLEDGE } from '../knowledge/index';
import type { ClassRef, Ref } from '../model/refs';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { provenByMatch } from './charsets';
import { kindsOfMembers } from './comparisons';
import { Env } from './env';
import { container, evaluate } from './evaluate';
import { type Frame, newFrame } from './machine';
import { prove } from './narrowing';
import { createObject } from './objects';
import { sourceValue } from './sources';
import { impliedCall } from './special';
import {
  ALL_KINDS,
  CLEAN,
  cleared,
  contentsOf,
  joinAll,
  type KindSet,
  kindSet,
  UNKNOWN,
  type Value,
} from './values';

/** Types inside types that are looked into. */
const MAX_DEPTH = 4;

const HARMLESS =
  /^(?:builtins\.(?:int|float|bool|complex)|decimal\.Decimal|uuid\.UUID|enum\.\w+|datetime\.\w+|pydantic\.(?:types\.)?(?:\w*(?:Int|Float|Bool|Date|Datetime|Decimal)|UUID\d))$/;
const LISTS = /(?:^|\.)(?:[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|[Tt]uple|Sequence|Iterable|Collection)$/;

/** A value of a type that an annotation names, made of what came in. */
export function typedValue(type: Expression, source: Value, site: Site, frame: Frame, depth = 0): Value {
  if (depth > MAX_DEPTH) return source;
  const inner = (node: Expression) => typedValue(node, source, site, frame, depth + 1);
  switch (type.kind) {
    case 'Constant':
      return CLEAN;
    case 'Binary':
      return joinAll([inner(type.left), inner(type.right)]);
    case 'Call':
      return constrained(type, source, site, frame);
    case 'Subscript': {
      const parts = type.index.kind === 'Tuple' ? type.index.elements : [type.index];
      const [first] = parts;
      const outer = lastName(type.value);
      if (outer === 'Literal') return CLEAN;
      if (outer === 'Optional' || outer === 'Union') return joinAll(parts.map(inner));
      if (first === undefined) return source;
      if (outer === 'Annotated')
        return parts.slice(1).reduce((value, part) => constrained(part, value, site, frame), inner(first));
      return LISTS.test(outer) ? container({ entries: new Map(), rest: inner(first) }) : source;
    }
    default: {
      const { resolver } = frame.machine.project;
      const refs = resolver.resolve(type, site);
      if (refs.length === 0) return source;
      return joinAll(refs.map((ref) => typedBy(ref, source, frame)));
    }
  }
}

function typedBy(ref: Ref, source: Value, frame: Frame): Value {
  if (ref.kind === 'external') return HARMLESS.test(ref.name) ? CLEAN : source;
  if (ref.kind !== 'class') return source;
  const { library } = frame.machine.project.resolver.bases(ref);
  if (library.some((name) => name.startsWith('enum.'))) return CLEAN;
  return isModel(ref, frame) ? madeOf(ref, source, frame) : source;
}

/** True for classes that convert what they are made of, by annotations. */
export function isModel(ref: ClassRef, { machine }: Frame): boolean {
  return machine.project.resolver.bases(ref).library.some((name) => MODELS.has(name));
}

const MODELS = new Set(['pydantic.BaseModel', 'pydantic.main.BaseModel', 'pydantic_settings.BaseSettings']);

/** An object of a class, made of a dict. */
export function madeOf(ref: ClassRef, data: Value, frame: Frame): Value {
  const args = { positional: [], named: new Map(), spread: data, all: [data], inOrder: [data] };
  return createObject(ref, impliedCall(ref.node.name), args, new Env(), { ...frame, isSilent: true });
}

/** `Field(pattern="^[a-z]+$")`, `constr(regex=…)`, `conint(ge=0)`. */
export function constrained(node: Expression, source: Value, site: Site, frame: Frame): Value {
  if (node.kind !== 'Call') return source;
  if (/^con(?:int|float|decimal|date)$/.test(lastName(node.func))) return CLEAN;
  const pattern = argument(node, 'pattern') ?? argument(node, 'regex');
  return pattern === undefined ? source : clearedBy(source, matching(pattern, 'search', site, frame));
}

function clearedBy(source: Value, kinds: KindSet): Value {
  return kinds === 0 ? source : cleared(source, kinds);
}

function matching(pattern: Expression, method: string, site: Site, frame: Frame): KindSet {
  const known = evaluate(pattern, new Env(), newFrame(frame.machine, site, true));
  const texts = known.constants ?? known.contents?.entries.get('a:pattern')?.constants ?? [];
  const kinds = texts.map((text) => (typeof text === 'string' ? provenByMatch(text, method) : 0));
  return kinds.length === 0 ? 0 : kinds.reduce((all, one) => all & one);
}

const CONVERTING =
  /^(?:Int|Integer|Float|Decimal|Number|Bool|Boolean|UUID|Date|(?:Naive|Aware)?DateTime|DateTimeLocal|Time|TimeDelta|Month|Week|IntegerRange|DecimalRange|Enum|Submit)(?:Field)?$/;

/** What validators let through: of a list, one after the other. */
export function provenByValidators(node: Expression | undefined, site: Site, frame: Frame): KindSet {
  if (node?.kind === 'List' || node?.kind === 'Tuple')
    return node.elements.reduce((kinds, one) => kinds | provenByValidators(one, site, frame), 0);
  if (node?.kind !== 'Call') return 0;
  const first = node.args.find(({ name }) => !name || CHOICES.test(name.id))?.value;
  switch (lastName(node.func)) {
    case 'OneOf':
    case 'AnyOf': {
      const choices = first && evaluate(first, new Env(), newFrame(frame.machine, site, true));
      return choices?.contents === undefined ? 0 : kindsOfMembers(choices);
    }
    case 'Regexp':
      return first === undefined ? 0 : matching(first, 'match', site, frame);
    case 'UUID':
      return ALL_KINDS;
    case 'IPAddress':
    case 'MacAddress':
      return ADDRESS;
    case 'And':
      return node.args.reduce((kinds, { value }) => kinds | provenByValidators(value, site, frame), 0);
    default:
      return 0;
  }
}

const CHOICES = /^(?:choices|values|regex)$/;
const ADDRESS = kindSet([
  'sql',
  'command',
  'code',
  'html',
  'path',
  'ldap',
  'xpath',
  'header',
  'log',
  'template',
]);

/** The value of a field that is declared by a call: `fields.Int()`, `fields.List(fields.Str())`. */
export function fieldValue(node: Expression, source: Value, site: Site, frame: Frame, depth = 0): Value {
  if (node.kind !== 'Call' || depth > MAX_DEPTH) return source;
  const name = lastName(node.func);
  if (CONVERTING.test(name)) return CLEAN;
  const inner = node.args.find((one) => !one.name)?.value;
  if ((name === 'List' || name === 'DelimitedList') && inner !== undefined)
    return container({ entries: new Map(), rest: fieldValue(inner, source, site, frame, depth + 1) });
  if (name === 'Nested' && inner !== undefined)
    return loadedBy(inner, source, site, frame, depth + 1) ?? source;
  return clearedBy(source, provenByValidators(argument(node, 'validate'), site, frame));
}

/** What a schema makes of a dict: a class of marshmallow, an object of one, or a dict of fields. */
export function loadedBy(
  schema: Expression,
  source: Value,
  site: Site,
  frame: Frame,
  depth = 0,
): Value | undefined {
  const fields = fieldsOfSchema(schema, site, frame);
  if (fields === undefined) return undefined;
  const entries = fields.map(({ name, value, where }): [string, Value] => [
    `k:${name}`,
    fieldValue(value, source, where, frame, depth),
  ]);
  return container(contentsOf(new Map(entries), undefined, CLEAN));
}

interface Field {
  readonly name: string;
  readonly value: Expression;
  readonly where: Site;
}

function fieldsOfSchema(schema: Expression, site: Site, frame: Frame): readonly Field[] | undefined {
  if (schema.kind === 'Dict')
    return schema.entries.flatMap(({ key, value }) => {
      const name = key && literalText(key);
      return name === undefined ? [] : [{ name, value, where: site }];
    });
  const refs = frame.machine.project.resolver.resolve(schema, site);
  const classes = refs.flatMap((ref) =>
    ref.kind === 'class' ? [ref] : ref.kind === 'object' ? [ref.class] : [],
  );
  const [first] = classes;
  return first === undefined ? undefined : declaredFields(first, frame);
}

/** Fields that a class and its bases declare by calls. */
export function declaredFields(cls: ClassRef, { machine }: Frame): readonly Field[] | undefined {
  const fields = machine.project.resolver
    .bases(cls)
    .own.toReversed()
    .flatMap((one) =>
      [...scopeOf(one.node).bindings].flatMap(([name, bindings]) =>
        bindings.flatMap((binding) =>
          binding.kind === 'value' && binding.value.kind === 'Call'
            ? [{ name, value: binding.value, where: { ...one, owners: [...one.owners, one.node] } }]
            : [],
        ),
      ),
    );
  return fields.length === 0 ? undefined : fields;
}

/** Parameters of a view that a decorator fills from the request: `@use_args(Schema)`, `@use_kwargs({…})`. */
export function parsedParameter(
  name: string,
  decorators: readonly Expression[],
  source: Value,
  site: Site,
  frame: Frame,
): Value {
  for (const decorator of decorators) {
    const schema = decorator.kind === 'Call' ? decorator.args.find((one) => !one.name)?.value : undefined;
    if (decorator.kind !== 'Call' || schema === undefined || !isHandler(decorator, site, frame)) continue;
    const loaded = loadedBy(schema, source, site, frame);
    const isSpread = lastName(decorator.func) === 'use_kwargs';
    const one = isSpread ? loaded?.contents?.entries.get(`k:${name}`) : undefined;
    if (loaded !== undefined) return one ?? loaded;
  }
  return source;
}

function isHandler(node: Call, site: Site, { machine }: Frame): boolean {
  return machine.project.resolver
    .resolve(node.func, site)
    .some((ref) => ref.kind === 'external' && KNOWLEDGE.handler(ref.name) !== undefined);
}

/** `form.data`, and `form.items` where that is a list of fields; undefined for all else. */
export function formMember(form: Value, attribute: string, value: Value, frame: Frame): Value | undefined {
  const cls = formClass(form, frame);
  const fields = cls && declaredFields(cls, frame);
  if (fields === undefined) return undefined;
  if (attribute === 'data') return formData(fields, value);
  const field = fields.find(({ name }) => name === attribute);
  if (field?.value.kind !== 'Call' || lastName(field.value.func) !== 'FieldList') return undefined;
  const [inner] = field.value.args;
  const refs = inner ? frame.machine.project.resolver.resolve(inner.value, field.where) : [];
  const element: Value = { taints: [], refs };
  const row = KNOWLEDGE.source('wtforms.Field.data');
  const data = row && sourceValue(field.value, row, { ...frame, site: field.where });
  const elementClass = formClass(element, frame);
  const elementFields = elementClass && declaredFields(elementClass, frame);
  const rest = data && elementFields ? formData(elementFields, data) : data;
  const entries = new Map([['a:data', container(contentsOf(new Map(), rest))]]);
  return { ...CLEAN, contents: contentsOf(entries, element) };
}

/** `form["name"]` is `form.name`. */
export function isForm(value: Value, frame: Frame): boolean {
  return formClass(value, frame) !== undefined;
}

/** `form.data`: a dict of what the fields hold. */
function formData(fields: readonly Field[], source: Value): Value {
  const entries = fields.map(({ name, value }): [string, Value] => {
    const type = value.kind === 'Call' ? lastName(value.func) : '';
    return [`k:${name}`, CONVERTING.test(type) ? CLEAN : CHOOSING.test(type) ? UNKNOWN : source];
  });
  return { ...source, contents: contentsOf(new Map(entries), undefined, CLEAN) };
}

const CHOOSING = /^(?:Select|SelectMultiple|Radio)Field$/;

function formClass({ refs }: Value, { machine }: Frame): ClassRef | undefined {
  const found = refs.find((ref) => ref.kind === 'object');
  if (found?.kind !== 'object') return undefined;
  const { library } = machine.project.resolver.bases(found.class);
  const isOne = library.some((name) =>
    KNOWLEDGE.classChain(KNOWLEDGE.canonical(name)).includes('wtforms.Form'),
  );
  return isOne ? found.class : undefined;
}

/** What is proven of the fields of a form that is valid. */
export function proveFields(form: Expression, receiver: Value, env: Env, frame: Frame): void {
  const cls = formClass(receiver, frame);
  for (const { name, value, where } of (cls && declaredFields(cls, frame)) ?? []) {
    if (value.kind !== 'Call') continue;
    const validators = argument(value, 'validators') ?? value.args.filter((one) => !one.name)[1]?.value;
    const kinds = provenByValidators(validators, where, frame);
    if (kinds !== 0) prove(member(member(form, name), 'data'), kinds, env, frame);
  }
}

function member(value: Expression, name: string): Expression {
  const { start, end } = value;
  return { kind: 'Attribute', value, attr: { id: name, start, end }, start, end };
}

function argument({ args }: Call, name: string): Expression | undefined {
  return args.find((one) => one.name?.id === name)?.value;
}

function lastName(node: Expression): string {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}
