/** One way to break the library, and the test that must notice. */
export type Mutant = {
  /** What is broken, as in the table of docs/mutants.md. */
  readonly breaks: string
  /** Of the table in docs/guarantees.md, e.g. `G1`. */
  readonly guarantee: string
  /** Below `src/`. */
  readonly file: string
  /** Occurs once in the file. */
  readonly find: string
  readonly replace: string
  /** Below `libs/event-store/`. */
  readonly test: string
  /** The name of a test in it, or its beginning. */
  readonly noticedBy: string
}

const onRedis = 'test/contract.test.ts'
const groups = 'test/groups.test.ts'

export const mutants: readonly Mutant[] = [
  {
    breaks: 'the expected version is ignored',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: "return expected == 'any' or",
    replace: 'return true or',
    test: onRedis,
    noticedBy: 'refuses another version than the expected one',
  },
  {
    breaks: 'states are compared by version number only',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: 'tonumber(expected) == tonumber',
    replace: "tonumber(match(expected, '^%d+')) == tonumber",
    test: onRedis,
    noticedBy: 'refuses the token of another history',
  },
  {
    breaks: 'a decision expects the number of the version, not the token of the state',
    guarantee: 'G1',
    file: 'execute.ts',
    find: 'return append(store, decider, target, why, loaded.token, state, events)',
    replace: 'return append(store, decider, target, why, loaded.version as 0, state, events)',
    test: 'test/unacknowledged.test.ts',
    noticedBy: 'is in no decision that the log takes',
  },
  {
    breaks: 'the command id is not remembered',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: "call('HSET', KEYS[4], unpack(remember))",
    replace: '',
    test: onRedis,
    noticedBy: 'stores the same command id once, and answers what it answered then',
  },
  {
    breaks: 'command ids are forgotten when their hashes turn over',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: "call('RENAME', KEYS[4], KEYS[5])",
    replace: "call('UNLINK', KEYS[4])",
    test: 'test/server-check.test.ts',
    noticedBy: 'are known for an hour at least',
  },
  {
    breaks: 'a command id is answered as a repeat whatever the entity',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: 'local same = last[6] == entity and (',
    replace: 'local same = (',
    test: onRedis,
    noticedBy: 'takes the id of a command for one entity only',
  },
  {
    breaks: 'a command id is answered as a repeat whatever the events',
    guarantee: 'G1',
    file: 'redis/lua/append.lua',
    find: 'same = same and fields[12] == ARGV[event + 1] and fields[16] == ARGV[event + 3]',
    replace: '',
    test: onRedis,
    noticedBy: 'refuses other events under the id of a command',
  },
  {
    breaks: 'a load of several pages takes the state of the last one',
    guarantee: 'G2',
    file: 'log/load.ts',
    find: 'return loaded(at, page.head, history)',
    replace:
      "return loaded(at, (await log.walkBack(at, ref.entityId, { commandId, revision, limit: 1, from: '' })).head, history)",
    test: onRedis,
    noticedBy: 'loads a long entity as it was at one moment',
  },
  {
    breaks: 'a snapshot of another history is used',
    guarantee: 'G1',
    file: 'redis/lua/load.lua',
    find: 'if id == snap_entry then',
    replace: 'if true then',
    test: onRedis,
    noticedBy: 'does not use a snapshot of a history that is not in the log',
  },
  {
    breaks: 'WAIT is not looked at',
    guarantee: 'G1',
    file: 'redis/confirmed.ts',
    find: '  checkConfirmed(attempted, confirmation, confirmed)\n',
    replace: '',
    test: 'test/server-check.test.ts',
    noticedBy: 'replicated waits for the replica',
  },
  {
    breaks: 'an answer that rests on what was read is not confirmed',
    guarantee: 'G1',
    file: 'execute.ts',
    find: '    await store.confirm(target, token).catch(overtaken)\n',
    replace: '',
    test: 'test/unacknowledged.test.ts',
    noticedBy: 'is not acknowledged to who asks for its command again',
  },
  {
    breaks: 'lanes do not wait',
    guarantee: 'G3',
    file: 'groups/lanes.ts',
    find: 'if (queue) {',
    replace: "if (queue && key === '') {",
    test: onRedis,
    noticedBy: 'handle one key one event at a time',
  },
  {
    breaks: 'the end of the lease is not looked at before an event begins',
    guarantee: 'G3',
    file: 'groups/owner.ts',
    find: "if (lease.leftMs() === 0) drop('expired')",
    replace: '',
    test: 'test/cut-off.test.ts',
    noticedBy: 'a member whose event loop was blocked for longer than its lease',
  },
  {
    breaks: 'a handler is not told that the lease has run out',
    guarantee: 'G3',
    file: 'groups/owner.ts',
    find: "lease.onEnd(() => drop('expired'))",
    replace: 'lease.onEnd(() => {})',
    test: 'test/cut-off.test.ts',
    noticedBy: 'tells a waiting handler that its lease has ended',
  },
  {
    breaks: 'the cursor moves past what is not finished',
    guarantee: 'G4',
    file: 'groups/window.ts',
    find: 'if (!slot.done || (full && end > first)) break',
    replace: 'if (full && end > first) break',
    test: onRedis,
    noticedBy: 'stop at once while something is unavailable',
  },
  {
    breaks: 'the fence is not checked',
    guarantee: 'G5',
    file: 'redis/lua/advance.lua',
    find: "if sub[1] ~= token then return 'FENCED' end",
    replace: '',
    test: groups,
    noticedBy: 'refuses what a member without the lease would store',
  },
  {
    breaks: 'an advance is taken from where the cursor is not',
    guarantee: 'G6',
    file: 'redis/lua/advance.lua',
    find: "if moves and at ~= from then return 'STALE' end",
    replace: '',
    test: groups,
    noticedBy: 'refuses an advance from where the cursor is not',
  },
  {
    breaks: 'what comes behind a parked event of its key is handled',
    guarantee: 'G7',
    file: 'groups/delivery.ts',
    find: '} else if (parked.has(key)) {',
    replace: "} else if (key === '') {",
    test: onRedis,
    noticedBy: 'park only the key of a poison event',
  },
  {
    breaks: 'deaths of owners are not counted',
    guarantee: 'G7',
    file: 'redis/lua/claim.lua',
    find: 'if claims >= tonumber(ARGV[6]) then',
    replace: 'if false then',
    test: 'test/poison.test.ts',
    noticedBy: 'ends the process is found after a few deaths',
  },
  {
    breaks: 'what is tried alone is not noted before it begins',
    guarantee: 'G7',
    file: 'redis/lua/mark.lua',
    find: "redis.call('HSET', KEYS[1], 'trial', ARGV[3], 'trial_by', ARGV[1])",
    replace: '',
    test: groups,
    noticedBy: 'names the event that its owner tried alone and did not survive',
  },
  {
    breaks: 'a partition is owned by count, whatever topics its members read',
    guarantee: 'G5',
    file: 'groups/assignment.ts',
    find: '(!topics || topics.includes(topic) ? [member] : [])',
    replace: '[member]',
    test: onRedis,
    noticedBy: 'read every topic while members of one group disagree about topics',
  },
  {
    breaks: 'an increment is made again by an advance that is repeated',
    guarantee: 'G4',
    file: 'redis/lua/advance.lua',
    find: 'if not moves and from ~= to_event then return ok end',
    replace: '',
    test: groups,
    noticedBy: 'adds once, even if an advance whose reply was lost is repeated',
  },
  {
    breaks: 'an advance to an event that the log does not have is taken',
    guarantee: 'G10',
    file: 'redis/lua/advance.lua',
    find: "~= to_event then return 'FORK' end",
    replace: '~= to_event then to_event = ARGV[6] end',
    test: groups,
    noticedBy: 'refuses an advance to an event that the log does not have',
  },
]
