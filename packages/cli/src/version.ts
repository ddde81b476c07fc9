/** The version of the command and of every package; a test holds it to package.json. */
export const VERSION = '0.1.0';
