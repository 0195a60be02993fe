import { setTimeout as pause } from 'node:timers/promises'
import type { Surroundings } from '../http/outside.ts'
import { traced } from '../kernel/tracing.ts'
import { askProviders } from './ask.ts'

interface Asking {
  /** Lets what is being asked come to its end. */
  stop(): Promise<void>
}

const minute = 60_000

/** Asks about payments under way from now on, every minute. Twice at once does no harm. */
export function startAskingProviders(
  surroundings: Surroundings,
  { interval = minute, failed }: { interval?: number; failed?: (error: unknown) => void } = {},
): Asking {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await traced('job online-payments', {}, () => askProviders(surroundings, failed))
      } catch (error) {
        failed?.(error)
      }
      await pause(interval, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
