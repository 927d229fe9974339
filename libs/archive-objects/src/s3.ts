// Objects in a bucket of S3, or of whatever speaks it.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  type S3ServiceException,
} from '@aws-sdk/client-s3'
import { AppError, retry } from '@ordershop/core'
import { checkName, type Objects } from '@ordershop/event-store'

/** Which bucket, and how to reach it. */
export type S3Settings = {
  readonly bucket: string
  /** Before every name, e.g. `production/`. Default none. */
  readonly prefix?: string
  /** URL of a server other than AWS, e.g. `http://minio:9000`. */
  readonly endpoint?: string
  /** `http://server/bucket/name` instead of `http://bucket.server/name`. Default: with an `endpoint`. */
  readonly pathStyle?: boolean
  /** Default: as the SDK finds it, `AWS_REGION` first. */
  readonly region?: string
  /** Default: as the SDK finds them: environment, profile, web identity, instance role. */
  readonly credentials?: NonNullable<S3ClientConfig['credentials']>
  /** Longest wait for the answer to one request, in milliseconds. Default 30,000. */
  readonly requestMs?: number
}

const connectMs = 3_000
/** Requests of one call, the first included. */
const attempts = 3
/** What S3 answers to one of two that create a name at the same moment: neither yes nor no. */
const undecided = { attempts: 5, baseMs: 20, maxMs: 200, when: (error: unknown) => statusOf(error) === 409 }

/**
 * Objects in a bucket, which must be there. A request that fails is repeated twice before its call rejects with
 * `unavailable`, so a call takes at most about three times `requestMs`.
 */
export function s3Objects(settings: S3Settings): Objects & { close(): void } {
  const {
    bucket: Bucket,
    prefix = '',
    endpoint,
    pathStyle = endpoint !== undefined,
    requestMs = 30_000,
  } = settings
  const client = new S3Client({
    forcePathStyle: pathStyle,
    maxAttempts: attempts,
    // What is read back is compared with what was written, and not every server knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMs, requestTimeout: requestMs, throwOnRequestTimeout: true },
    ...(endpoint ? { endpoint } : {}),
    ...(settings.region ? { region: settings.region } : {}),
    ...(settings.credentials ? { credentials: settings.credentials } : {}),
  })
  const keyOf = (name: string) => {
    checkName(name)
    return prefix + name
  }

  async function told<T>(attempted: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof AppError) throw error
      const { name, message } = error as Error
      const what = `archive: ${attempted} in bucket ${Bucket}: ${name}: ${message}`
      throw new AppError('unavailable', what, { cause: error })
    }
  }

  return {
    create: (name, bytes) =>
      told(`create ${name}`, async () => {
        const put = { Bucket, Key: keyOf(name), Body: bytes, IfNoneMatch: '*' }
        try {
          await retry(() => client.send(new PutObjectCommand(put)), undecided)
          return true
        } catch (error) {
          if (statusOf(error) === 412) return false
          throw error
        }
      }),

    replace: (name, bytes) =>
      told(`replace ${name}`, async () => {
        await client.send(new PutObjectCommand({ Bucket, Key: keyOf(name), Body: bytes }))
      }),

    remove: (name) =>
      told(`remove ${name}`, async () => {
        await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(name) }))
      }),

    read: (name, range) =>
      told(`read ${name}`, async () => {
        const part = range ? { Range: `bytes=${range.start}-${range.start + range.count - 1}` } : {}
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(name), ...part }))
          return (await Body?.transformToByteArray()) ?? new Uint8Array()
        } catch (error) {
          if ((error as Error).name === 'NoSuchKey') return null
          if (statusOf(error) === 416) return new Uint8Array() // it ends before
          throw error
        }
      }),

    list: (under, { after, limit }) =>
      told(`list ${under}`, async () => {
        const start = after === undefined ? {} : { StartAfter: prefix + after }
        const names: string[] = []
        for (let next: string | undefined; ; ) {
          const MaxKeys = Math.min(1_000, limit - names.length)
          const page = { Bucket, Prefix: prefix + under, MaxKeys, ...start }
          const asked = new ListObjectsV2Command(
            next === undefined ? page : { ...page, ContinuationToken: next },
          )
          const { Contents = [], NextContinuationToken } = await client.send(asked)
          for (const { Key } of Contents) if (Key) names.push(Key.slice(prefix.length))
          next = NextContinuationToken
          if (names.length >= limit || next === undefined) return names
        }
      }),

    close: () => client.destroy(),
  }
}

const statusOf = (error: unknown) => (error as S3ServiceException).$metadata?.httpStatusCode
