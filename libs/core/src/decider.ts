/**
 * A pure core: what may happen (`decide`) and what it means (`evolve`).
 *
 * - `initialState()` is the state before the first event.
 * - `decide(command, state)` returns the events to record, `[]` when the command was already carried out (a repeat
 *   is harmless), or throws `AppError`: `conflict` for a wrong state, `not_found` for what does not exist.
 * - `evolve(state, event)` returns the next state. It may change and return the object it was given: a state is
 *   folded by one caller and never shared. It must accept every event that was ever recorded.
 *
 * None of the three does I/O, reads a clock or draws an id: times and ids come in with the command.
 * The state must survive `JSON.parse(JSON.stringify(state))`, because long-lived entities are snapshotted.
 */
export type Decider<State, Command, Event> = {
  readonly initialState: () => State
  readonly decide: (command: Command, state: State) => Event[]
  readonly evolve: (state: State, event: Event) => State
}

/** The state after `events`, folded from the decider's initial state. */
export function fold<State, Event>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
): State {
  let state = decider.initialState()
  for (const event of events) state = decider.evolve(state, event)
  return state
}
