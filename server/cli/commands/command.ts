/** What a command is: a name, a help text, options, and a function from arguments to an exit code. */
import type { Engine, Io } from '../io';
import type { Arguments, OptionSpecs, Parsed } from '../usage';

export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Shown by `moat NAME --help`. */
  readonly help: string;
  readonly options: OptionSpecs;
  /** The exit code, or what is wrong with the call. */
  run(args: Arguments, io: Io, engine: Engine): Parsed<number>;
}
