// Why Redis cannot be reached, in one line.

type ConnectionError = NodeJS.ErrnoException & {
  /** What OpenSSL says, without where in its source. */
  readonly reason?: string
  /** Of a Cluster: what its last node has answered. */
  readonly lastNodeError?: Error
}

// What ioredis says of commands that it could not send any more: the reason was told before.
const consequence = /^(Stream isn't writeable|Reached the max retries|Connection is closed)/

/** `undefined` where the error only follows from one that was told before. */
export function reasonOf(error: ConnectionError, isTls: boolean): string | undefined {
  const { message, code, reason, lastNodeError } = error
  // The connection on which ioredis asks for the slots keeps the reason to itself.
  if (lastNodeError)
    return (
      reasonOf(lastNodeError, isTls) ??
      `no known node of the Cluster answers${isTls ? ', or one of the certificates is not accepted' : ''}`
    )
  if (consequence.test(message)) return undefined
  // With TLS 1.3 the client counts as connected before its certificate is looked at, and the alert is mostly lost.
  if (isTls && (code === 'ECONNRESET' || code === 'EPIPE'))
    return `${message}: it ended the TLS connection, as it does if it expects a client certificate and accepts none of ours`
  return (reason ?? message.split('\n', 1)[0]) || code
}
