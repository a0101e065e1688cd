/** The version of the package that this command was built from. */
import { version } from '../../package.json';

export const VERSION: string = version;
