import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

test.each(['k8s/redis/sentinel.yaml', 'k8s/redis/cluster.yaml'])(
  '%s cuts off a torn write as the shop does',
  (path) => {
    const script = read('libs/event-store/src/redis/mend-aof.sh').replaceAll(/^(?=.)/gm, '    ')
    expect(read(path)).toContain(`  mend-aof.sh: |\n${script}`)
    expect(read(path)).toMatch(/^ +sh \/etc\/redis\/mend-aof\.sh \/data\n(.*\n){1,4} +exec redis-server /m)
  },
)
