import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

interface Caught {
  readonly mail: ParsedMail
  /** As it came, headers first. */
  readonly raw: string
  readonly from: string
  readonly to: string[]
}

/** Whom the server refuses, by address: an SMTP code. */
type Refusals = Readonly<Record<string, number>>

/** A real mail server on loopback, which keeps what comes. */
export interface MailCatcher {
  readonly port: number
  readonly caught: Caught[]
  /** Codes that it answers to the next mails, after their text; then it takes them again. */
  readonly answers: number[]
  refuse(refusals: Refusals): void
  /** Called with the text of a mail in hand, before it is answered. */
  meanwhile(work: (() => Promise<void>) | null): void
  close(): Promise<void>
}

interface Options {
  /** Wants this password of `zapas`, over TLS. */
  readonly password?: string
}

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })

export async function openMailCatcher({ password }: Options = {}): Promise<MailCatcher> {
  const caught: Caught[] = []
  const answers: number[] = []
  let refusals: Refusals = {}
  let meanwhile: (() => Promise<void>) | null = null
  const server = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: password === undefined ? ['STARTTLS', 'AUTH'] : [],
    onAuth: (auth, _, done) =>
      auth.username === 'zapas' && auth.password === password
        ? done(null, { user: 'zapas' })
        : done(refusal(535, 'Authentication failed')),
    onRcptTo({ address }, _, done) {
      const code = refusals[address]
      done(code === undefined ? null : refusal(code, `${address}: no such user here`))
    },
    onData(stream, session, done) {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        const raw = Buffer.concat(chunks)
        await meanwhile?.()
        const code = answers.shift()
        if (code !== undefined) return done(refusal(code, 'Not now, please'))
        const { mailFrom, rcptTo } = session.envelope
        caught.push({
          mail: await simpleParser(raw),
          raw: raw.toString('latin1'),
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((each) => each.address),
        })
        done(null)
      })()
    },
  })
  // A client that ends in the middle is what some tests are about.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    caught,
    answers,
    refuse(next) {
      refusals = next
    },
    meanwhile(work) {
      meanwhile = work
    },
    async close() {
      await new Promise<void>((done) => server.close(done))
    },
  }
}
