import { fileURLToPath } from 'node:url'
import { AppError } from '@ordershop/core'
import { folderObjects, type Objects } from '@ordershop/event-store'
import { s3Objects } from './s3.ts'

/**
 * Where `ARCHIVE_URL` says that the archive is: `file:///folder`, or `s3://bucket/prefix` with `ARCHIVE_S3_ENDPOINT` for a
 * server other than AWS. Region and credentials are the SDK's: `AWS_REGION`, `AWS_ACCESS_KEY_ID` and so on.
 *
 * @throws AppError `invalid` that names the value and what was expected.
 */
export function objectsAt(env: { readonly [name: string]: string | undefined }): Objects {
  const { ARCHIVE_URL: given = '', ARCHIVE_S3_ENDPOINT: endpoint } = env
  const url = URL.parse(given)
  if (url?.protocol === 'file:' && url.host === '') return folderObjects(fileURLToPath(url))
  if (url?.protocol === 's3:' && url.host !== '') {
    const path = url.pathname.replace(/^\/+|\/+$/g, '')
    const prefix = path === '' ? {} : { prefix: `${path}/` }
    return s3Objects({ bucket: url.host, ...prefix, ...(endpoint ? { endpoint } : {}) })
  }
  throw new AppError('invalid', `ARCHIVE_URL is '${given}', expected file:///folder or s3://bucket/prefix`)
}
