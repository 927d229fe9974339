/** How Redis is reached: by exactly one of `url`, `sentinels`, `cluster`. */
export type RedisSettings = {
  /** `redis://` or `rediss://`, e.g. `redis://127.0.0.1:6379/0`. */
  readonly url?: string
  /** `host:port` of every Sentinel. */
  readonly sentinels?: readonly string[]
  /** The master's name at the Sentinels; default `mymaster`. */
  readonly masterName?: string
  /** `host:port` of some nodes of a Cluster. */
  readonly cluster?: readonly string[]
  readonly username?: string
  readonly password?: string
  /** File with the password, read again for each connection: a new one takes effect without a restart. A line end is no part of it. */
  readonly passwordFile?: string
  readonly sentinelPassword?: string
  /** TLS, verified with the authorities that Node trusts. `rediss://`, or any of the next three, turns it on as well. */
  readonly tls?: boolean
  /** PEM file of the authority, or several, that signed the server's certificate. This and the next two are read again for each connection. */
  readonly caFile?: string
  /** PEM files of the client's own certificate and its key, for a server that asks for one. */
  readonly certFile?: string
  readonly keyFile?: string
  /**
   * Begins every key, so that several applications share one Redis, e.g. `shop:`: up to 64 letters, digits, `.`, `_`,
   * `:`, `-`; default none. All processes of one application need the same; a topic's partition keeps its one hash tag.
   */
  readonly keyPrefix?: string
}
