import { type Server, createServer } from 'node:http'
import { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorker } from '../../src/automation/index.ts'
import { type TraceExport, startTraces } from '../../src/commands/open-telemetry.ts'
import { ownerPool } from '../../src/database/index.ts'
import { createLogger } from '../../src/http/logger.ts'
import { tracing } from '../../src/kernel/tracing.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly status: { readonly code?: number }
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[]
}

const lines: string[] = []
const received: string[] = []
let app: TestApp
let receiver: Server
let endpoint: string

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push(`${request.url} ${request.headers['content-type']} ${body}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const kept = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  app = await startTestApp({ server: { logger: createLogger('info', kept) } })
})
afterAll(async () => {
  await app.close()
  receiver.closeAllConnections()
  receiver.close()
})

/** Runs with traces on and answers what came in. */
async function traced(work: () => Promise<unknown>): Promise<Span[]> {
  received.length = 0
  const traces: TraceExport = await startTraces({ endpoint, service: 'zapas test', ratio: 1 })
  try {
    await work()
    await pause(50) // the answer is there a moment before the request has ended
  } finally {
    await traces.stop()
  }
  expect(received.every((each) => each.startsWith('/v1/traces application/json '))).toBe(true)
  return received.flatMap((each) => {
    const { resourceSpans } = JSON.parse(each.slice(each.indexOf('{'))) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
    }
    return resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans))
  })
}

function valueOf(span: Span, key: string): unknown {
  const value = span.attributes.find((each) => each.key === key)?.value
  return value && Object.values(value)[0]
}

describe('a trace', () => {
  it('has the request, its transaction and its statements by name, and nothing that was sent', async () => {
    const spans = await traced(() =>
      app.api('POST', '/parties', { name: 'Secret & Sons', roles: ['customer'] }),
    )
    const request = spans.find((span) => span.name === 'POST /api/v1/parties')!
    expect(request.parentSpanId ?? '').toBe('')
    expect(valueOf(request, 'http.response.status_code')).toBe(201)
    expect(valueOf(request, 'zapas.company')).toBe(app.company.slug)
    const insert = spans.find((span) => span.name === 'insert_parties')!
    const transaction = spans.find((span) => span.spanId === insert.parentSpanId)!
    expect([transaction.name, transaction.parentSpanId]).toEqual(['transaction', request.spanId])
    expect(new Set([request.traceId, insert.traceId, transaction.traceId]).size).toBe(1)
    expect(valueOf(insert, 'db.system.name')).toBe('postgresql')
    expect(received.join()).not.toContain('Secret')
    const line = lines.find((each) => each.includes('"/api/v1/parties"'))!
    expect(JSON.parse(line)).toMatchObject({ traceId: request.traceId, status: 201 })
  })

  it('goes on the trace of the caller', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const spans = await traced(() => app.send('GET', '/parties', undefined, { headers: { traceparent } }))
    const request = spans.find((span) => span.name === 'GET /api/v1/parties')!
    expect([request.traceId, request.parentSpanId]).toEqual(traceparent.split('-').slice(1, 3))
  })

  it('keeps what happens at once apart', async () => {
    const spans = await traced(() =>
      Promise.all(Array.from({ length: 10 }, () => app.send('GET', '/products'))),
    )
    const requests = spans.filter((span) => span.name === 'GET /api/v1/products')
    expect(new Set(requests.map((span) => span.traceId)).size).toBe(10)
    for (const { traceId } of requests)
      expect(spans.some((span) => span.traceId === traceId && span.name === 'transaction')).toBe(true)
  })

  it('has the jobs', async () => {
    const spans = await traced(async () => {
      const owner = ownerPool(app.ownerUrl, { max: 3 })
      const worker = await startWorker({ owner, db: app.db })
      await app.ownerDb.query(`select graphile_worker.add_job('clean-up')`)
      const waiting = `select from graphile_worker.jobs where task_identifier = 'clean-up'`
      while ((await app.ownerDb.query(waiting)).rows.length > 0) await pause(50)
      await worker.stop()
      await owner.end()
    })
    const job = spans.find((span) => span.name === 'job clean-up')!
    expect(spans.some((span) => span.traceId === job.traceId && span.name === 'purge_sessions')).toBe(true)
  })

  it('is not made when nobody asked for it', async () => {
    received.length = 0
    lines.length = 0
    expect(tracing()).toBeNull()
    await app.send('GET', '/parties')
    expect(received).toEqual([])
    expect(lines.join()).not.toContain('traceId')
  })
})
