/** Every suite, in the order in which they run. */
import './activation.test';
import './findings.test';
import './fixes.test';
import './settings.test';
import './configuration.test';
import './commands.test';
import './gettingStarted.test';
import './restarts.test';
import './views.test';
import './everySetting.test';
import './readOnly.test';
