export { type ArchiveVariables, objectsAt } from './objects-at.ts'
export { mostNames, mostRangeBytes, noObjectHeader, objectsPath } from './wire.ts'
