import { afterEach, expect, it, vi } from 'vitest'
import { type Job, countOf, forgetJobs, retryJob, startJob, stopJob } from './jobs.ts'

vi.stubGlobal('window', { addEventListener: vi.fn(), removeEventListener: vi.fn() })
afterEach(forgetJobs)

/** Runs a job to its end, which `again` may begin a second time. */
function ended(runs: Readonly<Record<string, () => Promise<object>>>) {
  let tell: (job: Job) => void = () => undefined
  const next = () => new Promise<Job>((resolve) => (tell = resolve))
  const first = next()
  const id = startJob({
    title: 'Confirm',
    rows: Object.entries(runs).map(([label, run]) => ({ id: label, label, run })),
    reasonOf: (error) => (error as Error).message,
    after: (job) => tell(job),
  })
  return { id, first, next }
}
const states = (job: Job) => job.rows.map((row) => row.outcome.state)

it('does row after row, says of each what came of it, and does again only what failed', async () => {
  let stock = 0
  const done = vi.fn(() => Promise.resolve({ label: 'SO-1' }))
  const short = vi.fn(() => (stock > 0 ? Promise.resolve({}) : Promise.reject(new Error('Only 0 available'))))
  const { id, first, next } = ended({ a: done, b: short, c: done })
  const job = await first
  expect(states(job)).toEqual(['done', 'failed', 'done'])
  expect(job.rows[1]!.outcome).toEqual({ state: 'failed', reason: 'Only 0 available' })
  expect(countOf(job, 'done')).toBe(2)
  stock = 1
  const second = next()
  retryJob(id)
  expect(states(await second)).toEqual(['done', 'done', 'done'])
  expect(done).toHaveBeenCalledTimes(2)
  expect(short).toHaveBeenCalledTimes(2)
})

it('stopped, it finishes the row at work and begins no other; the rest can be done later', async () => {
  const later = vi.fn(() => Promise.resolve({}))
  const { id, first, next } = ended({
    a: async () => {
      await Promise.resolve()
      stopJob(id)
      return {}
    },
    b: later,
  })
  expect(states(await first)).toEqual(['done', 'waiting'])
  expect(later).not.toHaveBeenCalled()
  const second = next()
  retryJob(id)
  expect(states(await second)).toEqual(['done', 'done'])
})
