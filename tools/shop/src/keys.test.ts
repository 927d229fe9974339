import { deepStrictEqual } from 'node:assert'
import { test } from 'vitest'
import { isShopKey } from './keys.ts'

test('what the event store writes is the shop’s', () => {
  const keys = [
    'events:{order:3}',
    'idem-old:{customer:0}',
    'sub:{order:3}:crm',
    'order_ids:{order:3}:read-model.v1',
    'order_entity:{order:3}:read-model.v1:0199c1e2-0000-7000-8000-000000000001',
    'members:{read-model.v1}',
    'projection:{read-model}',
    'idempotency:{0a1b}',
    'idempotency:{0a1b}:busy',
    'topics',
    'audit',
  ]
  deepStrictEqual(keys.filter(isShopKey), keys)
})

test('what others keep in the same Redis is not', () => {
  const keys = [
    'session:{user:3}',
    'events:order',
    'order:3',
    'x:topics',
    'topics2',
    'projection:{theirs}',
    'a b:{order:3}',
  ]
  deepStrictEqual(keys.filter(isShopKey), [])
})
