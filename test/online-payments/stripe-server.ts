import { createHmac } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers as the API of Stripe does, by its published shapes, for the calls that Zapas makes. */
export interface StripeServer {
  readonly url: string
  readonly sessions: Map<string, StripeSession>
  readonly refunds: Map<string, StripeRefund>
  /** What was asked, with the form and the Idempotency-Key. */
  readonly asked: { path: string; form: URLSearchParams; key: string | undefined; auth: string | undefined }[]
  /** The next answers are these statuses instead; 0: the line breaks after it was done. */
  readonly trouble: number[]
  /** Somebody pays back at Stripe itself. */
  payBack(session: string, amount: number, metadata?: Record<string, string>): StripeRefund
  /** The customer pays; or the state that the session then has. */
  complete(id: string, to?: Partial<StripeSession>): void
  close(): Promise<void>
}

interface StripeSession {
  id: string
  object: 'checkout.session'
  url: string | null
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid'
  amount_total: number
  currency: string
  client_reference_id: string | null
  payment_intent: { id: string; object: 'payment_intent'; status: string } | null
}
interface StripeRefund {
  id: string
  object: 'refund'
  amount: number
  currency: string
  payment_intent: string
  status: string
  metadata: Record<string, string>
}

export async function startStripe(): Promise<StripeServer> {
  const sessions = new Map<string, StripeSession>()
  const refunds = new Map<string, StripeRefund>()
  const answers = new Map<string, object>()
  const asked: StripeServer['asked'] = []
  const trouble: number[] = []
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '', query = ''] = request.url!.split('?')
    const form = request.method === 'GET' ? new URLSearchParams(query) : await read(request)
    const key = request.headers['idempotency-key'] as string | undefined
    asked.push({ path: `${request.method} ${path}`, form, key, auth: request.headers.authorization })
    const status = trouble.shift()
    const send = (code: number, body: object) => {
      response.writeHead(code, { 'content-type': 'application/json', 'request-id': 'req_1' })
      response.end(JSON.stringify(body))
    }
    if (status !== undefined && status !== 0) {
      const type = status === 402 || status === 400 ? 'invalid_request_error' : 'api_error'
      return send(status, { error: { type, message: 'No such thing.' } })
    }
    // The same key is answered as at first.
    const made = (key !== undefined && answers.get(key)) || answer(request.method!, path, form)
    if (made === null)
      return send(404, { error: { type: 'invalid_request_error', message: 'No such object.' } })
    if (key !== undefined) answers.set(key, made)
    if (status === 0) {
      response.destroy()
      return
    }
    send(200, made)
  }
  const server = createServer((request, response) => void respond(request, response))
  function answer(method: string, path: string, form: URLSearchParams): object | null {
    if (method === 'POST' && path === '/v1/checkout/sessions') {
      const id = `cs_test_${sessions.size + 1}`
      const session: StripeSession = {
        id,
        object: 'checkout.session',
        url: `https://checkout.stripe.test/c/pay/${id}`,
        status: 'open',
        payment_status: 'unpaid',
        amount_total: Number(form.get('line_items[0][price_data][unit_amount]')),
        currency: form.get('line_items[0][price_data][currency]')!,
        client_reference_id: form.get('client_reference_id'),
        payment_intent: null,
      }
      sessions.set(id, session)
      return session
    }
    if (method === 'POST' && path === '/v1/refunds') {
      return refunded(form.get('payment_intent')!, Number(form.get('amount')), {
        zapas_refund: form.get('metadata[zapas_refund]')!,
      })
    }
    if (path === '/v1/refunds') {
      const data = [...refunds.values()].filter((each) => each.payment_intent === form.get('payment_intent'))
      return { object: 'list', has_more: false, data: data.map(expanded).toReversed() }
    }
    const id = path.split('/').at(-1)!
    const refund = refunds.get(id)
    return sessions.get(id) ?? (refund ? expanded(refund) : null)
  }
  const sessionOf = (intent: string) => [...sessions.values()].find(({ id }) => `pi_${id}` === intent)!
  function refunded(intent: string, amount: number, metadata: Record<string, string>): StripeRefund {
    const id = `re_${refunds.size + 1}`
    const { currency } = sessionOf(intent)
    const refund: StripeRefund = {
      id,
      object: 'refund',
      amount,
      currency,
      payment_intent: intent,
      status: 'succeeded',
      metadata,
    }
    refunds.set(id, refund)
    return refund
  }
  /** With its payment whole, as it is asked for by `expand`. */
  function expanded(refund: StripeRefund): object {
    const { payment_intent: id } = refund
    const metadata = { zapas_payment: sessionOf(id).client_reference_id }
    return { ...refund, payment_intent: { id, object: 'payment_intent', metadata } }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions,
    refunds,
    asked,
    trouble,
    payBack: (session, amount, metadata = {}) => refunded(`pi_${session}`, amount, metadata),
    complete(id, to = {}) {
      const session = sessions.get(id)!
      Object.assign(session, {
        status: 'complete',
        payment_status: 'paid',
        payment_intent: { id: `pi_${id}`, object: 'payment_intent', status: 'succeeded' },
        ...to,
      })
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function read(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}

/** An event as Stripe sends it, signed by its scheme v1. */
export function signed(event: object, secret: string, at = Date.now()): { body: string; header: string } {
  const body = JSON.stringify({ object: 'event', ...event }, null, 2)
  const time = Math.floor(at / 1000)
  const mac = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { body, header: `t=${time},v1=${mac}` }
}
