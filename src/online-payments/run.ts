import type { Surroundings } from '../http/outside.ts'
import { type RepeatOptions, type Repeated, repeat } from '../kernel/repeat.ts'
import { askProviders } from './ask.ts'

const minute = 60_000

/** Asks about payments under way from now on, every minute. Twice at once does no harm. */
export function startAskingProviders(surroundings: Surroundings, options: RepeatOptions = {}): Repeated {
  return repeat('online-payments', () => askProviders(surroundings, options.failed), {
    interval: minute,
    ...options,
  })
}
