// What an archiver that serves its archive and whoever reads it there agree on: services/archiver/src/routes.ts, ./http.ts.

/** `GET` of it lists names (`?prefix=&after=&limit=`) as `{ names }`; with a name behind it, it is that object. */
export const objectsPath = '/archive/objects'

/** Names of one answer, at most. */
export const mostNames = 1_000

/** Bytes of one `Range`, at most: the server sets so much memory aside before it knows how long an object is. */
export const mostRangeBytes = 64 * 1024 * 1024

/**
 * Header of a 404 that means "there is no such object". Without it, whatever else answers 404 at a mistaken address would
 * pass for an archive without events.
 */
export const noObjectHeader = 'x-archive-object'
