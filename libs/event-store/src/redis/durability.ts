/**
 * What a resolved append promises.
 *
 * - `memory`: Redis has it; a crash of Redis may lose what it had not yet written to disk.
 * - `fsync`: it is on the disk of the master: `appendonly yes`, `appendfsync always`, `no-appendfsync-on-rewrite no`
 *   (Redis then replies after the fsync), or else WAITAOF, from Redis 7.2. A Redis that offers neither is refused.
 * - `{ replicated: n }`: as `fsync`, and n replicas have received it (WAIT). Not consensus: a failover may still
 *   choose another replica, see https://redis.io/docs/latest/commands/wait/.
 */
export type Durability = 'memory' | 'fsync' | { readonly replicated: number }
