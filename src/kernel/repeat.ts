import { setTimeout as pause } from 'node:timers/promises'
import { traced } from './tracing.ts'

export interface Repeated {
  /** Lets what is under way come to its end and begins nothing more. */
  stop(): Promise<void>
}

export interface RepeatOptions {
  /** Milliseconds between the end of one run and the next. */
  readonly interval?: number
  readonly failed?: ((error: unknown) => void) | undefined
  /** What is done when it has stopped. */
  readonly after?: () => Promise<void> | void
}

/** Does a piece of work again and again, one run after the other; one that fails does not end it. */
export function repeat(
  name: string,
  work: () => Promise<void>,
  { interval = 1000, failed, after }: RepeatOptions = {},
): Repeated {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await traced(`job ${name}`, {}, work)
      } catch (error) {
        failed?.(error)
      }
      await pause(interval, undefined, { signal: stopping.signal }).catch(() => {})
    }
    await after?.()
  })()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
