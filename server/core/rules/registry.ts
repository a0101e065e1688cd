/** Every rule, sorted by id. */
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [];
