import { describe, expect, it, vi } from 'vitest'
import { ScanQueue } from './scan-queue.ts'

const soon = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the queue of scans', () => {
  it('takes in one step and handles in order, however long a look-up takes', async () => {
    const queue = new ScanQueue()
    const done: string[] = []
    const waits: (() => void)[] = []
    queue.serve(async ({ code }) => {
      await new Promise<void>((resolve) => waits.push(resolve))
      done.push(code)
    })
    for (const code of ['A', 'B', 'C']) queue.take(code)
    expect(queue.length).toBe(2)
    for (let i = 0; i < 3; i++) {
      expect(done).toHaveLength(i)
      waits[i]!()
      await soon()
    }
    expect(done).toEqual(['A', 'B', 'C'])
  })

  it('keeps what comes in while a person decides', async () => {
    const queue = new ScanQueue()
    const done: string[] = []
    queue.serve(({ code }) => {
      done.push(code)
      if (code === 'unknown') queue.hold()
    })
    for (const code of ['A', 'unknown', 'B', 'B']) queue.take(code)
    await soon()
    expect(done).toEqual(['A', 'unknown'])
    expect(queue.length).toBe(2)
    queue.release()
    await soon()
    expect(done).toEqual(['A', 'unknown', 'B', 'B'])
  })

  it('keeps scans that come before anybody serves them, and drops them when the page is left', async () => {
    const queue = new ScanQueue()
    queue.take('A')
    const done: string[] = []
    const stop = queue.serve(({ code }) => void done.push(code))
    await soon()
    stop()
    queue.take('B')
    await soon()
    expect(done).toEqual(['A'])
    queue.clear()
    queue.serve(({ code }) => void done.push(code))
    await soon()
    expect(done).toEqual(['A'])
  })

  it('gives what is not settled, the one under decision and a product that waits for its lot included', async () => {
    const queue = new ScanQueue()
    const done: string[] = []
    queue.serve((scan) => {
      if (scan.code === 'unknown') return queue.hold()
      queue.expect(scan.code === 'needs a lot')
      if (scan.code === 'counted') queue.done(scan)
      done.push(scan.code)
    })
    const unsettled = () => queue.unsettled.map(({ code }) => code)
    for (const code of ['counted', 'unknown', 'needs a lot', 'counted']) queue.take(code)
    await soon()
    expect(unsettled()).toEqual(['unknown', 'needs a lot', 'counted'])
    queue.release(() => queue.hold())
    await soon()
    expect(unsettled()).toEqual(['unknown', 'needs a lot', 'counted'])
    queue.release()
    await soon()
    expect(unsettled()).toEqual([])
    queue.take('needs a lot')
    await soon()
    expect(unsettled()).toEqual(['needs a lot'])

    // Another page begins with what this one did not settle, before what came in since.
    const next = new ScanQueue()
    next.take('B')
    next.again(queue.unsettled)
    next.serve(({ code }) => void done.push(`again ${code}`))
    await soon()
    expect(done.slice(-2)).toEqual(['again needs a lot', 'again B'])
  })

  it('goes on behind one that fails', async () => {
    const told = vi.fn<(error: unknown) => void>()
    vi.stubGlobal('reportError', told)
    const queue = new ScanQueue()
    const done: string[] = []
    queue.serve(({ code }) => {
      if (code === 'bad') throw new Error('bad')
      done.push(code)
    })
    for (const code of ['A', 'bad', 'B']) queue.take(code)
    await soon()
    expect(done).toEqual(['A', 'B'])
    expect(told).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})
