/** Loggers: `logging` of the standard library, which Flask's `app.logger` is one of, and loguru.
 *  @see https://loguru.readthedocs.io/en/stable/api/logger.html, https://flask.palletsprojects.com/en/stable/logging/ */
import type { Library } from './library';

const LINE = { kind: 'log', argument: 'all', effect: 'is written to the log' } as const;
const QUOTED = { clears: ['log', 'header'], label: 'written with escapes' } as const;

export const logs = {
  reference: 'https://docs.python.org/3/library/logging.html',
  aliases: { 'logging.root': 'logging.Logger', 'loguru._logger.Logger': 'loguru.logger' },
  types: { 'logging.getLogger()': 'logging.Logger' },
  bases: { 'logging.LoggerAdapter': 'logging.Logger' },
  sinks: {
    'logging.debug': LINE,
    'logging.info': LINE,
    'logging.warning': LINE,
    'logging.warn': LINE,
    'logging.error': LINE,
    'logging.exception': LINE,
    'logging.critical': LINE,
    'logging.fatal': LINE,
    'logging.log': LINE,
    'logging.Logger.debug': LINE,
    'logging.Logger.info': LINE,
    'logging.Logger.warning': LINE,
    'logging.Logger.warn': LINE,
    'logging.Logger.error': LINE,
    'logging.Logger.exception': LINE,
    'logging.Logger.critical': LINE,
    'logging.Logger.fatal': LINE,
    'logging.Logger.log': LINE,
    'loguru.logger.debug': LINE,
    'loguru.logger.info': LINE,
    'loguru.logger.success': LINE,
    'loguru.logger.warning': LINE,
    'loguru.logger.error': LINE,
    'loguru.logger.exception': LINE,
    'loguru.logger.critical': LINE,
    'loguru.logger.log': LINE,
  },
  sanitizers: {
    'builtins.repr': QUOTED,
    'builtins.ascii': QUOTED,
    'json.dumps': QUOTED,
  },
} as const satisfies Library;
