/** How Node is started for the server. New objects get 8 MB, not 16: reading a folder fills whatever there is, twice, and
 *  nothing of it is given back once the server is idle.
 *  @see https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib */
export const NODE_ARGUMENTS: readonly string[] = ['--max-semi-space-size=8']; // MB
