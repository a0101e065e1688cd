/** Tasks that a queue runs later: `convert.delay(path)`, `crawl.apply_async(args=[url])`. A worker calls the function
 *  with what the view has sent.
 *  @see https://docs.celeryq.dev/en/stable/userguide/calling.html, https://dramatiq.io/guide.html */
import type { FunctionRef } from '../model/refs';
import type { Call } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { listElements } from './containers';
import type { Env } from './env';
import type { Frame } from './machine';
import { projectCall } from './objects';
import { impliedCall, positionalArguments } from './special';
import { CLEAN, UNKNOWN, type Value } from './values';

const AS_GIVEN = new Set(['delay', 'delay_on_commit', 'send', 'queue', 'defer', 's', 'si']);
const IN_A_LIST = new Set(['apply_async', 'apply', 'send_with_options', 'schedule']);

/** Interprets the task with what it is sent. Whoever sends it gets no result of it. */
export function noteDeferred(
  node: Call,
  receiver: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): void {
  if (node.func.kind !== 'Attribute' || receiver === undefined) return;
  const { id } = node.func.attr;
  const isGiven = AS_GIVEN.has(id);
  if (!isGiven && !IN_A_LIST.has(id)) return;
  for (const ref of receiver.refs) {
    if (ref.kind !== 'function') continue;
    const { positional, named } = isGiven ? args : packed(args);
    const values = isBoundTask(ref) ? [UNKNOWN, ...positional] : positional;
    projectCall(
      impliedCall(node),
      { ...CLEAN, refs: [ref] },
      undefined,
      { ...positionalArguments(...values), named },
      env,
      frame,
    );
  }
}

/** `apply_async(args=(…), kwargs={…})` */
function packed({ positional, named }: Arguments): Pick<Arguments, 'positional' | 'named'> {
  const list = named.get('args') ?? positional[0];
  const mapping = named.get('kwargs') ?? positional[1];
  const entries = [...(mapping?.contents?.entries ?? [])].filter(([key]) => key.startsWith('k:'));
  return {
    positional: listElements(list?.contents) ?? [],
    named: new Map(entries.map(([key, value]): [string, Value] => [key.slice(2), value])),
  };
}

/** `@celery.task(bind=True)` hands the task itself over first. */
function isBoundTask({ node }: FunctionRef): boolean {
  return node.decorators.some(
    ({ expression }) =>
      expression.kind === 'Call' &&
      expression.args.some(
        ({ name, value }) => name?.id === 'bind' && value.kind === 'Constant' && value.value === 'True',
      ),
  );
}
