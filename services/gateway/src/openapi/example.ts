/** What is sent and what is answered; `answer` belongs to the status of what is done and seen. */
export type Example = {
  /** Of parameters in the path and the query, by name. */
  readonly parameters?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly answer?: unknown
}
