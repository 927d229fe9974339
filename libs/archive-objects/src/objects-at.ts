import { fileURLToPath } from 'node:url'
import { AppError } from '@ordershop/core'
import { folderObjects, type Objects } from '@ordershop/event-store'
import { type HttpSettings, httpObjects } from './http.ts'
import type { S3Settings } from './s3.ts'

/** What an environment says of an archive. */
export type ArchiveVariables = {
  readonly ARCHIVE_URL?: string | undefined
  readonly ARCHIVE_S3_ENDPOINT?: string | undefined
  readonly [other: string]: unknown
}

/**
 * Where `ARCHIVE_URL` says that the archive is: `file:///folder`; `s3://bucket/prefix`, with `ARCHIVE_S3_ENDPOINT` for a
 * server other than AWS; or `http://host:port` of an archiver, to read only. Region and credentials of a bucket are the
 * AWS SDK's: `AWS_REGION`, `AWS_ACCESS_KEY_ID` and so on. The SDK is loaded when a bucket is first asked, and never else.
 *
 * @param http of the last.
 * @throws AppError `invalid` that names the value and what was expected.
 */
export function objectsAt(env: ArchiveVariables, http: HttpSettings = {}): Objects {
  const { ARCHIVE_URL: given = '', ARCHIVE_S3_ENDPOINT: endpoint } = env
  const url = URL.parse(given)
  if (url?.protocol === 'file:' && url.host === '') return folderObjects(fileURLToPath(url))
  if (url?.protocol === 's3:' && url.host !== '') {
    const path = url.pathname.replace(/^\/+|\/+$/g, '')
    const prefix = path === '' ? {} : { prefix: `${path}/` }
    return bucketObjects({ bucket: url.host, ...prefix, ...(endpoint ? { endpoint } : {}) })
  }
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (isHttp && url.username === '') return httpObjects(given, http)
  throw new AppError(
    'invalid',
    `ARCHIVE_URL is '${given}', expected file:///folder, s3://bucket/prefix or http://host:port`,
  )
}

function bucketObjects(settings: S3Settings): Objects {
  let opened: Promise<Objects> | undefined
  const bucket = () => {
    opened ??= import('./s3.ts').then(({ s3Objects }) => s3Objects(settings))
    return opened
  }
  return {
    create: async (name, bytes) => (await bucket()).create(name, bytes),
    replace: async (name, bytes) => (await bucket()).replace(name, bytes),
    remove: async (name) => (await bucket()).remove(name),
    read: async (name, range) => (await bucket()).read(name, range),
    list: async (prefix, options) => (await bucket()).list(prefix, options),
  }
}
