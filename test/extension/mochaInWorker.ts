/** Loads mocha's browser build, which has no types and puts `mocha`, `describe` and `it` on the global object. */
import 'mocha/mocha.mjs';
