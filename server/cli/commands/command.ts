/** What a command is: a name, a help text, options, and a function from arguments to an exit code. */
import type { Engine, Io } from '../io';
import type { Arguments, OptionSpecs } from '../usage';

export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Shown by `moat NAME --help`. */
  readonly help: string;
  readonly options: OptionSpecs;
  run(args: Arguments, io: Io, engine: Engine): number;
}

/** Says on stderr what is wrong with the call. */
export function complain(io: Io, command: string, message: string): void {
  io.stderr.write(`moat ${command}: ${message}\nSee "moat ${command} --help".\n`);
}
