/** Every suite of the Node extension host. */
import './suite';
import './killed.node.test';
