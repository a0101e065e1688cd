/** What somebody hands to a program whom the machine lets start it: arguments, lines on the keyboard. That is no visitor, so
 *  only what becomes code, a command of a shell or SQL on the way counts, and is a warning.
 *  @see https://docs.python.org/3/library/argparse.html, https://docs.python.org/3/library/functions.html#input */
import { otherKinds } from './kinds';
import type { Library } from './library';

const safeFor = otherKinds('code', 'command', 'sql');

/** Labels of these sources begin with it, and no others do. */
export const LOCAL_LABEL = 'the command line';
const ARGUMENTS = { label: LOCAL_LABEL, safeFor } as const;
const KEYBOARD = { label: 'the command line, as a line of input', safeFor } as const;

export const commandLine = {
  reference: 'https://docs.python.org/3/library/sys.html#sys.argv',
  aliases: { 'builtins.raw_input': 'builtins.input' },
  sources: {
    'sys.argv': ARGUMENTS,
    'argparse.ArgumentParser.parse_args()': { ...ARGUMENTS, hasOwnKeys: true },
    'builtins.input()': KEYBOARD,
    'sys.stdin': KEYBOARD,
  },
} as const satisfies Library;
