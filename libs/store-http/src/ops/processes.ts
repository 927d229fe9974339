/** One process, as whoever runs it sees it. */
export type ManagedProcess = {
  readonly service: string
  readonly instance: string
  /** In words, e.g. `ready`, `starting`, `stopped`. */
  readonly state: string
  readonly ready: boolean
  readonly port: number
}

/** Who runs the processes, where that is somebody who can be asked. */
export type Processes = {
  list(): Promise<readonly ManagedProcess[]>
  /** @throws AppError `not_found` for a service that is not run; `conflict` for one that may not be stopped from here. */
  start(service: string): Promise<void>
  stop(service: string): Promise<void>
}
