export { objectsAt } from './objects-at.ts'
export { type S3Settings, s3Objects } from './s3.ts'
