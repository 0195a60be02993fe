import { ApiProblem, NetworkFailure } from '../../api/index.ts'
import { type Command, changeCommand, commandsOf, nextToSend, settleCommand } from './commands.ts'

/** What came of sending. `away`: no answer; `signed-out`: somebody must sign in; `idle`: nothing left to send. */
export type Outcome = 'idle' | 'away' | 'signed-out'

/** The server keeps Idempotency-Keys for 7 days; a command that may have been done is not repeated after that. */
const longestRepeat = 6.5 * 24 * 3600_000

export type Send = (command: Command) => Promise<{ readonly number?: string | null } | null>

interface Options {
  readonly company: string
  readonly person: string
  readonly send: Send
  /** Told whenever a command changed. */
  readonly changed: () => void
  readonly now?: () => number
}

/**
 * Sends what waits, one after the other. Without an answer it stops and the same command goes first the next time,
 * with the same key. A refused one stays with its reason; others go on, except those of its task.
 */
export async function sendWaiting(options: Options): Promise<Outcome> {
  const { company, person, send, changed, now = Date.now } = options
  for (;;) {
    const command = nextToSend(await commandsOf(company), person)
    if (command === null) return 'idle'
    if (command.tried && now() - command.at > longestRepeat) {
      await changeCommand(command.seq, { state: 'refused', reason: { code: 'too-old', message: '' } })
      changed()
      continue
    }
    await changeCommand(command.seq, { tried: true })
    try {
      const answer = await send(command)
      await settleCommand(command, answer?.number ?? null)
      changed()
    } catch (error) {
      const outcome = await judge(command, error)
      changed()
      if (outcome !== null) return outcome
    }
  }
}

/** Null when the queue goes on. */
async function judge(command: Command, error: unknown): Promise<Outcome | null> {
  if (error instanceof NetworkFailure) return 'away'
  if (!(error instanceof ApiProblem)) {
    await changeCommand(command.seq, {
      state: 'refused',
      reason: { code: 'unknown', message: error instanceof Error ? error.message : String(error) },
    })
    return null
  }
  // Refused for now: nothing was done and the key is free.
  if (error.status === 429 || error.status >= 500) return 'away'
  if (error.status === 401) {
    await changeCommand(command.seq, { tried: command.tried })
    return 'signed-out'
  }
  await changeCommand(command.seq, {
    state: 'refused',
    tried: false,
    reason: { code: error.code, message: error.message },
  })
  return null
}
