/**
 * What an address must not match to be a page of the application, which is always the same document: the server's own
 * paths, and names of files. The query is a part of what is matched.
 */
export const NO_PAGES = [/^\/(?:api|ws)(?:[/?]|$)/, /^[^?]*\.[^/?]*(?:\?|$)/];
