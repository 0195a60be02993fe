import { useSyncExternalStore } from 'react'

/** What came of one row of a job. */
export interface JobResult {
  /** A number, or the name of a file. */
  readonly label?: string | null
  /** The whole address of what was made. */
  readonly href?: string
  /** Of a file: its name; `href` holds its bytes. */
  readonly file?: string
  /** What it lacks, line by line. */
  readonly remarks?: readonly string[]
}
export type JobOutcome =
  | { readonly state: 'waiting' }
  /** `progress`: how far it is, in words. */
  | { readonly state: 'running'; readonly progress?: string }
  | { readonly state: 'done'; readonly result: JobResult }
  | { readonly state: 'failed'; readonly reason: string }

export interface JobRow {
  readonly id: string
  readonly label: string
  readonly outcome: JobOutcome
}

/** Something that is done to many rows and goes on whichever page is shown. */
export interface Job {
  readonly id: number
  readonly title: string
  readonly rows: readonly JobRow[]
  readonly busy: boolean
}

interface Work {
  readonly title: string
  /** Done one after the other. `run` may be called again after it failed, and must then be the same request. */
  readonly rows: readonly {
    readonly id: string
    readonly label: string
    readonly run: (tell: (progress: string) => void) => Promise<JobResult>
  }[]
  readonly reasonOf: (error: unknown) => string
  /** After the last row. */
  readonly after: (job: Job) => unknown
}

let jobs: readonly Job[] = []
let last = 0
const works = new Map<number, Work>()
/** Ids of jobs that begin no further row. */
const stopped = new Set<number>()
const listeners = new Set<() => void>()

function set(next: readonly Job[]): void {
  jobs = next
  // Whoever closes the window while something runs is asked first.
  if (jobs.some((job) => job.busy)) window.addEventListener('beforeunload', hold)
  else window.removeEventListener('beforeunload', hold)
  for (const listener of listeners) listener()
}

function hold(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function change(id: number, part: (job: Job) => Partial<Job>): void {
  set(jobs.map((job) => (job.id === id ? { ...job, ...part(job) } : job)))
}

async function run(id: number, which: (row: JobRow) => boolean): Promise<void> {
  const work = works.get(id)
  const chosen = new Set(
    jobs
      .find((job) => job.id === id)
      ?.rows.filter(which)
      .map((row) => row.id),
  )
  if (work === undefined || chosen.size === 0) return
  const tell = (row: string, outcome: JobOutcome) =>
    change(id, (job) => ({ rows: job.rows.map((each) => (each.id === row ? { ...each, outcome } : each)) }))
  stopped.delete(id)
  change(id, ({ rows }) => ({
    busy: true,
    rows: rows.map((row) => (chosen.has(row.id) ? { ...row, outcome: { state: 'waiting' } } : row)),
  }))
  for (const row of work.rows) {
    if (stopped.has(id)) break
    if (!chosen.has(row.id)) continue
    tell(row.id, { state: 'running' })
    try {
      const result = await row.run((progress) => tell(row.id, { state: 'running', progress }))
      tell(row.id, { state: 'done', result })
    } catch (error) {
      tell(row.id, { state: 'failed', reason: work.reasonOf(error) })
    }
  }
  change(id, () => ({ busy: false }))
  const ended = jobs.find((job) => job.id === id)
  if (ended !== undefined) await work.after(ended)
}

/** Begins a job and answers its id. */
export function startJob(work: Work): number {
  const id = ++last
  works.set(id, work)
  const rows = work.rows.map((row) => ({
    id: row.id,
    label: row.label,
    outcome: { state: 'waiting' } as const,
  }))
  set([{ id, title: work.title, rows, busy: false }, ...jobs])
  void run(id, () => true)
  return id
}

/** Does again what failed, and what was not begun when it was stopped. */
export function retryJob(id: number): void {
  void run(id, ({ outcome }) => outcome.state === 'failed' || outcome.state === 'waiting')
}

/** The row that is at work is finished; no further one begins. */
export function stopJob(id: number): void {
  stopped.add(id)
}

/** Takes jobs that have ended out of the list. */
export function forgetJobs(): void {
  for (const job of jobs) {
    if (job.busy) continue
    works.delete(job.id)
    for (const { outcome } of job.rows)
      if (outcome.state === 'done' && outcome.result.file !== undefined)
        URL.revokeObjectURL(outcome.result.href!)
  }
  set(jobs.filter((job) => job.busy))
}

/** The last one first. */
export function useJobs(): readonly Job[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => jobs,
  )
}

export function countOf(job: Job, state: JobOutcome['state']): number {
  return job.rows.filter((row) => row.outcome.state === state).length
}
