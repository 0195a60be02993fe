import type { Scan } from '../scan/scan-queue.ts'
import { database } from './database.ts'

/** What a command does, in words of the screen that shows it. */
export interface Subject {
  readonly what:
    | 'receive'
    | 'receive-extra'
    | 'deliver'
    | 'count'
    | 'count-saved'
    | 'count-sent'
    | 'transfer'
    | 'arrive'
  /** Order number, location or route, as people call it. */
  readonly of: string
}

/** Where its work can be taken up again to be changed. */
export interface Origin {
  readonly path: string
  readonly workName: string
  readonly work: object
}

/** A request that is sent as soon as the server can be reached, once, whatever happens in between. */
export interface Command {
  readonly seq: number
  /** The Idempotency-Key: repeats are one action. */
  readonly key: string
  readonly company: string
  /** Who did it; it is sent only while the same person is signed in. */
  readonly person: string
  /** Commands of one task are done in order: a refused one holds those behind it. */
  readonly task: string
  readonly subject: Subject
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly body: unknown
  readonly scans: readonly Scan[]
  readonly origin: Origin | null
  readonly at: number
  /** Sent at least once without a known answer: the server may have done it. */
  readonly tried: boolean
  readonly state: 'waiting' | 'refused' | 'discarded' | 'done'
  /** Why it was refused. */
  readonly reason: { readonly code: string; readonly message: string } | null
  /** Number of the document that it made, once the server said it. */
  readonly number: string | null
}

export type NewCommand = Pick<
  Command,
  'key' | 'company' | 'person' | 'task' | 'subject' | 'method' | 'path' | 'body' | 'scans' | 'origin'
>

/** So many done ones are kept to be looked at. */
const doneKept = 20

/** Puts it at the end of the queue; kept on the device before this returns. */
export async function addCommand(command: NewCommand): Promise<Command> {
  const whole = {
    ...command,
    at: Date.now(),
    tried: false,
    state: 'waiting',
    reason: null,
    number: null,
  } as const
  const db = await database()
  // The store gives the sequence number.
  const seq = await db.add('commands', whole as unknown as Command)
  return { ...whole, seq }
}

/** All of a company, in the order in which they were made. */
export async function commandsOf(company: string): Promise<Command[]> {
  return (await (await database()).getAll('commands')).filter((command) => command.company === company)
}

/** Commands that the person still answers for: waiting or refused, of all companies. */
export async function unsettledCommands(): Promise<Command[]> {
  return (await (await database()).getAll('commands')).filter(({ state }) => isUnsettled(state))
}

function isUnsettled(state: Command['state']): boolean {
  return state === 'waiting' || state === 'refused'
}

/** Whether it stands behind a refused command of its task. */
export function isBlocked(command: Command, all: readonly Command[]): boolean {
  return all.some(({ task, seq, state }) => task === command.task && seq < command.seq && state === 'refused')
}

/** The one to be sent next; null when nothing can be. */
export function nextToSend(all: readonly Command[], person: string): Command | null {
  return (
    all.find((each) => each.state === 'waiting' && each.person === person && !isBlocked(each, all)) ?? null
  )
}

export async function changeCommand(seq: number, change: Partial<Command>): Promise<void> {
  const db = await database()
  const tx = db.transaction('commands', 'readwrite')
  const command = await tx.store.get(seq)
  if (command !== undefined) await tx.store.put({ ...command, ...change })
  await tx.done
}

/** Marks it as done and forgets the oldest of those that are. */
export async function settleCommand(command: Command, number: string | null): Promise<void> {
  await changeCommand(command.seq, { state: 'done', reason: null, number })
  const db = await database()
  const done = (await db.getAll('commands')).filter(({ state }) => state === 'done')
  await Promise.all(done.slice(0, -doneKept).map(({ seq }) => db.delete('commands', seq)))
}

/** Takes it out of the queue: its work goes on where it was scanned. */
export async function removeCommand(seq: number): Promise<void> {
  await (await database()).delete('commands', seq)
}
