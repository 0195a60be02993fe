import { eventTypes, happeningsOf, isEventPattern } from '../event-types.ts'
import { ruleBroken } from '../kernel/problem.ts'

/**
 * What is to be told of must be able to happen: a misspelt type would wait for ever, and nobody would know.
 * @param events types or patterns, sent as the field `events`.
 * @throws 422 that says which types there are.
 */
export function refuseUnknownEvents(events: readonly string[]): void {
  for (const [i, pattern] of events.entries()) {
    if (isEventPattern(pattern)) continue
    const kind = pattern.split('.')[0]!
    const happenings = happeningsOf(kind)
    throw ruleBroken(
      'unknown-event',
      `/events/${i}`,
      happenings === null
        ? `There are no events of '${kind}'. There are of: ${Object.keys(eventTypes).join(', ')}.`
        : `There is no event '${pattern}'. Of ${kind} there are: ${happenings.join(', ')}; '${kind}.*' means all of them.`,
    )
  }
}
