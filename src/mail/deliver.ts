import { lookup } from 'node:dns'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Resolve, isInternalHost, isLoopback, isPublic } from '../kernel/public-addresses.ts'
import type { ClaimedMail } from './claim-mail.ts'
import { htmlOf } from './placeholders.ts'
import { type MailSettings, inside } from './settings.ts'

/** Milliseconds that a server may be silent, and that an attempt may take altogether. */
const patience = 60_000
const longest = 5 * 60_000
const longestAnswer = 1000

export interface Outcome {
  /** retry: it certainly did not arrive, but may later; unclear: it may have arrived. */
  readonly state: 'sent' | 'retry' | 'failed' | 'unclear'
  readonly answer: string
  readonly refused: readonly string[]
}

/** A mail as it leaves: `body` with the link filled in. */
export interface Outgoing extends ClaimedMail {
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string | null
}

export interface MailServer extends Pick<MailSettings, 'port' | 'security' | 'userName' | 'internalAllowed'> {
  readonly host: string
  /** In clear. */
  readonly password: string | null
}

export interface DeliverOptions {
  /** This machine itself may be the mail server, where the company allows internal ones. */
  readonly loopback: boolean
  readonly resolve?: Resolve
}

/**
 * Hands a mail to the server.
 * @param handingOver awaited before the first byte of the text is sent: written down before, for from then on
 *   a lost connection leaves it open whether the mail arrived. When it fails nothing is sent.
 */
export async function deliver(
  server: MailServer,
  mail: Outgoing,
  handingOver: () => Promise<void>,
  options: DeliverOptions,
): Promise<Outcome> {
  let handed = false
  let connection: SMTPConnection | null = null
  const timer = setTimeout(() => connection?.close(), longest)
  try {
    const raw = await compose(mail)
    const address = await addressOf(server, options)
    const opened = new SMTPConnection({
      host: address,
      port: server.port,
      secure: server.security === 'tls',
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      ...(isIP(server.host) === 0 && { servername: server.host, tls: { servername: server.host } }),
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
    })
    connection = opened
    await connect(opened)
    if (server.userName !== null) await login(opened, server.userName, server.password ?? '')
    // Read by the connection once the server said that it waits for the text, and not before.
    const text = Readable.from(
      (async function* () {
        await handingOver()
        handed = true
        yield raw
      })(),
    )
    const recipients = [...new Set([...mail.to, ...mail.cc, ...mail.bcc])]
    const info = await send(opened, { from: mail.from.address, to: recipients, size: raw.length }, text)
    opened.quit()
    const words = (info.rejectedErrors ?? []).map(wordsOf)
    const answer = [info.response ?? '', ...words].join(' ')
    return {
      state: 'sent',
      answer: answer.slice(0, longestAnswer),
      refused: (info.rejected ?? []).map(String),
    }
  } catch (error) {
    connection?.close()
    return outcomeOf(error as SmtpError, handed)
  } finally {
    clearTimeout(timer)
  }
}

interface SmtpError extends Error {
  readonly code?: string | undefined
  readonly response?: string | undefined
  readonly responseCode?: number | undefined
  readonly rejectedErrors?: readonly SmtpError[] | undefined
}

/** What a failure means for the mail. Pure. */
function outcomeOf(error: SmtpError, handed: boolean): Outcome {
  const answer = wordsOf(error).slice(0, longestAnswer)
  const { code, responseCode } = error
  const outcome = (state: Outcome['state']): Outcome => ({ state, answer, refused: [] })
  // A wrong password is put right by a person; the mail waits for it.
  if (code === 'EAUTH') return outcome('retry')
  if (responseCode !== undefined && responseCode >= 400)
    return outcome(responseCode < 500 ? 'retry' : 'failed')
  if (code === 'EREFUSED') return outcome('failed')
  return outcome(handed ? 'unclear' : 'retry')
}

function wordsOf(error: SmtpError): string {
  const inner = error.rejectedErrors?.[0]
  if (inner !== undefined && inner !== error) return wordsOf(inner)
  return (error.response ?? error.message).replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

function refusal(message: string): SmtpError {
  return Object.assign(new Error(message), { code: 'EREFUSED' })
}

/** The address that is connected to: looked up once and then used, so that a name cannot lead inside in between. */
async function addressOf(server: MailServer, options: DeliverOptions): Promise<string> {
  const { host, internalAllowed } = server
  if (!internalAllowed && isInternalHost(host)) throw refusal(`${host} ${inside}`)
  const bare = host.replaceAll(/^\[|\]$/g, '')
  const addresses = isIP(bare) === 0 ? await lookUp(bare, options.resolve ?? lookup) : [bare]
  const allowed = addresses.filter(
    (address) => isPublic(address) || (internalAllowed && (options.loopback || !isLoopback(address))),
  )
  if (allowed[0] !== undefined) return allowed[0]
  throw refusal(
    internalAllowed
      ? `${host} is this machine itself. Whoever runs the installation allows that by ZAPAS_MAIL_LOOPBACK=1.`
      : `${host} ${inside}`,
  )
}

function lookUp(host: string, resolve: Resolve): Promise<string[]> {
  return new Promise((found, failed) => {
    resolve(host, { all: true }, (error, addresses) =>
      error === null ? found(addresses.map((each) => each.address)) : failed(error),
    )
  })
}

/** The same text at every attempt, but for the boundaries of its parts. */
function compose(mail: Outgoing): Promise<Buffer> {
  return new MailComposer({
    from: mail.from,
    to: [...mail.to],
    cc: [...mail.cc],
    ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: `${mail.body}\n`,
    html: htmlOf(mail.body, mail.language),
    date: mail.createdAt,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    attachments: mail.attachments.map(({ fileName, mediaType, content }) => ({
      filename: fileName,
      contentType: mediaType,
      content: Buffer.from(content, 'base64'),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((done, failed) => {
    connection.once('error', failed)
    connection.once('end', () => failed(new Error('The server closed the connection.')))
    connection.connect((error) => (error ? failed(error) : done()))
  })
}

function login(connection: SMTPConnection, user: string, pass: string): Promise<void> {
  return new Promise((done, failed) => {
    connection.once('error', failed)
    connection.login({ user, pass }, (error) => (error ? failed(error) : done()))
  })
}

type Sent = Parameters<Parameters<SMTPConnection['send']>[2]>[1]

function send(
  connection: SMTPConnection,
  envelope: { from: string; to: string[]; size: number },
  text: Readable,
): Promise<Sent> {
  return new Promise((done, failed) => {
    connection.once('error', failed)
    connection.once('end', () => failed(new Error('The server closed the connection.')))
    connection.send(envelope, text, (error, info) => (error ? failed(error) : done(info)))
  })
}
