/** Converters of URL rules that the project makes: what becomes of the text of a parameter on its way to a view.
 *  @see https://werkzeug.palletsprojects.com/en/stable/routing/#custom-converters */
import { type Route, ruleParameters, TYPED_CONVERTERS } from '../model/routes';
import type { Identifier } from '../syntax/python/ast';
import { Env } from './env';
import type { Frame } from './machine';
import { projectCall } from './objects';
import { impliedCall } from './special';
import { CLEAN, joinAll, UNKNOWN, type Value, withRefs } from './values';

const TEXT_CONVERTERS = new Set(['string', 'default', 'path']);

/** What the routes that name a parameter hand to the view, when they give `text` to their converters. */
export function convertedValue(name: Identifier, text: Value, routes: readonly Route[], frame: Frame): Value {
  const converters = routes.flatMap(({ rule, pieces }) =>
    ruleParameters(rule ?? pieces ?? '').flatMap((parameter) =>
      parameter.name === name.id ? [parameter.converter] : [],
    ),
  );
  if (converters.length === 0 || converters.some((converter) => TEXT_CONVERTERS.has(converter))) return text;
  return joinAll(
    converters.map((converter) =>
      TYPED_CONVERTERS.has(converter) ? CLEAN : throughClass(converter, name, text, frame),
    ),
  );
}

/** `app.url_map.converters["list"] = ListConverter`. Without a method of its own the class lets through what fits its
 *  pattern; a class that is not seen may do so, or look up a record. */
function throughClass(converter: string, name: Identifier, text: Value, frame: Frame): Value {
  const { project } = frame.machine;
  const changes = project.stateChanges('converters').filter(({ keyName }) => keyName === converter);
  const methods = changes.flatMap(({ value, site }) =>
    project.resolver
      .resolve(value, site)
      .flatMap((ref) => (ref.kind === 'class' ? project.resolver.declared(ref, 'to_python') : [])),
  );
  if (methods.length === 0) return UNKNOWN;
  const positional = [UNKNOWN, text];
  const args = { positional, named: new Map(), all: positional, inOrder: positional };
  const silent = { ...frame, isSilent: true };
  return projectCall(impliedCall(name), withRefs(methods), undefined, args, new Env(), silent) ?? UNKNOWN;
}
