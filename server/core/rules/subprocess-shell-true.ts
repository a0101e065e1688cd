/** A program is started through a shell although it need not be. */

import { givenArgument } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { argumentEnd, escapePython } from '../edits/pythonText';
import type { MisuseHit } from '../flow/machine';
import { isQuotedWord, isTainted, isUnknownFor, textParts } from '../flow/values';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import { refused } from './refused';
import type { FixOutcome } from './rule';

/** What a shell reads as more than a word, and the commands that only a shell has. */
const SHELL_SYNTAX = /[|&;<>()$`\\"'*?#~=%\n\r{}[\]!]/;
const SHELL_COMMANDS =
  /^\s*(cd|export|source|set|unset|ulimit|type|alias|exit|umask|wait|trap|eval|exec|\.)(\s|$)/;

export const rule = misuseRule({
  id: 'subprocess-shell-true',
  title: 'Program started through a shell',
  kind: 'shell',
  severity: 'information',
  fixSafety: 'safe',
  doc: {
    happens:
      'With `shell=True` the text is a script: a `;` or `$(…)` anywhere in it starts another program. The day a part of ' +
      'the text comes from a visitor, so does the program.',
    vulnerable: {
      'app.py': `
import subprocess


def shrink(path):
    subprocess.run("convert -resize 50% " + path, shell=True)
`,
    },
    safe: {
      'app.py': `
import subprocess


def shrink(path):
    subprocess.run(["convert", "-resize", "50%", path])
`,
    },
    why: 'In a list every element reaches the program as it is. There is no shell that could read it as a command.',
    limits:
      'Request data that reaches a shell is an error of `command-injection` instead. A fixed text that uses pipes or the ' +
      'like is a hint. Tests are left alone.',
    references: [
      { title: 'CWE-78: OS Command Injection', url: 'https://cwe.mitre.org/data/definitions/78.html' },
      {
        title: 'Python: subprocess, security considerations',
        url: 'https://docs.python.org/3/library/subprocess.html#security-considerations',
      },
    ],
  },
  message: ({ place }) =>
    literalText(place) === undefined
      ? 'This text is run by a shell, which reads commands from every part of it.'
      : 'This program is started through a shell.',
  accepts: ({ call, site, place }, context) => {
    const value = context.valueOf(site.tree, place);
    // What is quoted for the shell, or one of a few known words, is not in the way.
    if (value !== undefined && value.constants === undefined && !isUnknownFor(value, 'command')) return false;
    // Where one value is quoted, somebody has thought of the others.
    const parts = value === undefined ? [] : textParts(value);
    if (parts.some((part) => 'hole' in part && isQuotedWord(part.hole))) return false;
    return !context.sinkHits('command').some((hit) => hit.call === call && isTainted(hit.value, 'command'));
  },
  severityOf({ site, place }, context) {
    const constants = context.valueOf(site.tree, place)?.constants;
    if (constants === undefined) return 'information';
    return constants.every((text) => typeof text === 'string' && isPlain(text)) ? 'information' : 'hint';
  },
  fix: fixShell,
});

function isPlain(text: string): boolean {
  return !SHELL_SYNTAX.test(text) && !SHELL_COMMANDS.test(text) && text.trim() !== '';
}

function fixShell(context: FileContext, { call, site, place }: MisuseHit): readonly FixOutcome[] {
  const text = literalText(place);
  const shell = call?.args.find(({ name }) => name?.id === 'shell');
  if (text === undefined || place.kind !== 'String' || call === undefined || shell === undefined)
    return [refused('what is run is not written here as one text')];
  if (!isPlain(text)) return [refused('the text uses the shell')];
  if (givenArgument(call, 'executable') !== undefined) return [refused('a shell is chosen on purpose')];
  const base = context.baseOf(site.tree);
  const quote = place.tokens[0]?.quote.slice(0, 1) === "'" ? "'" : '"';
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => `${quote}${escapePython(word, quote)}${quote}`);
  const edits = new EditList();
  edits.replace(base + place.start, base + place.end, `[${words.join(', ')}]`);
  const before = call.args[call.args.indexOf(shell) - 1];
  const after = call.args[call.args.indexOf(shell) + 1];
  if (before !== undefined)
    edits.remove(argumentEnd(context.text, call, base, before), argumentEnd(context.text, call, base, shell));
  else if (after !== undefined) edits.remove(base + shell.start, base + after.start);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return [{ kind: 'fix', fix: { title: 'Start the program without a shell', safety: 'safe', edits: all } }];
}
