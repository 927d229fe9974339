import type { Storage } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Face } from '../ui/face.tsx'
import { bytes, count } from '../ui/numbers.ts'

export function StorageCard() {
  const known = useRead<Storage>('/v1/ops/storage', { everyMs: 10_000 })
  return (
    <section class="card" aria-label="Memory and archive">
      <h2>Memory and archive</h2>
      <Face known={known}>{(storage) => <Facts {...storage} />}</Face>
    </section>
  )
}

function Facts({ redis, archive }: Storage) {
  const used = redis.max_bytes ? redis.used_bytes / redis.max_bytes : 0
  return (
    <>
      <div class="meter">
        <span>Redis {redis.version}</span>
        {redis.max_bytes ? (
          <progress max={1} value={used} aria-label="Memory of Redis in use" />
        ) : (
          <span class="hint">no limit set</span>
        )}
        <span class="mono">
          {bytes(redis.used_bytes)}
          {redis.max_bytes ? ` of ${bytes(redis.max_bytes)}` : ''}
        </span>
      </div>
      <dl class="facts">
        <dt>When full</dt>
        <dd>{redis.policy}</dd>
        <dt>Durability</dt>
        <dd>{redis.durability}</dd>
        <dt>Archive</dt>
        <dd>{archive ? archive.url : 'none'}</dd>
        {archive && (
          <>
            <dt>Archived</dt>
            <dd>
              {count(archive.partitions.reduce((sum, { archived_to }) => sum + archived_to, 0))} events in{' '}
              {archive.partitions.length} partitions
            </dd>
          </>
        )}
      </dl>
    </>
  )
}
