import { createHash } from 'node:crypto'
import type { Context } from '../kernel/context.ts'
import { FileAnswer } from '../http/file-answer.ts'
import { refuseStale } from '../kernel/guards.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { renderPdf } from './render/renderer.ts'
import { lockCompany, readPrintSettings } from './settings.ts'

/** Bytes of a logo: it goes into every document. */
export const largestLogo = 512 * 1024
/** Pixels of a side; more than paper shows, and no picture that fills the memory when it is unpacked. */
const longestSide = 6000

type LogoType = 'image/png' | 'image/jpeg' | 'image/svg+xml'

interface Picture {
  readonly type: LogoType
  readonly width: number
  readonly height: number
}

const selectLogo = statement(
  'select_printing_logo',
  { type: 'text?', logo: 'text?' },
  (p: { companyId: string }) => sql`
    select logo_type as type, encode(logo, 'base64') as logo from printing_settings where company_id = ${p.companyId}`,
)
const writeLogo = statement(
  'write_printing_logo',
  {},
  (p: { companyId: string; type: string | null; logo: string | null; sha256: string | null }) => sql`
    insert into printing_settings as s (company_id, logo_type, logo, logo_sha256, version)
    values (${p.companyId}, ${p.type}, ${p.logo}::bytea, ${p.sha256}, 2)
    on conflict (company_id) do update set logo_type = excluded.logo_type, logo = excluded.logo,
      logo_sha256 = excluded.logo_sha256, version = s.version + 1`,
)

/** @throws 404 when there is none. */
export async function findLogo(tx: Transaction, ctx: Context): Promise<FileAnswer> {
  const row = await tx.maybe(selectLogo, { companyId: ctx.company.id })
  if (row?.logo == null || row.type === null) throw notFound('logo')
  const bytes = Buffer.from(row.logo, 'base64')
  const ending = row.type === 'image/svg+xml' ? 'svg' : row.type.slice('image/'.length)
  return new FileAnswer(`logo.${ending}`, async () => bytes, row.type)
}

/**
 * @param bytes null: no logo any more.
 * @throws 422 when it is no picture that can be printed.
 */
export async function changeLogo(
  tx: Transaction,
  ctx: Context,
  bytes: Buffer | null,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const type = bytes === null ? null : pictureOf(bytes).type
  // A picture that Typst cannot read would stop every document: it is printed once before it is kept.
  if (bytes !== null && type !== null) await tryLogo(bytes, type)
  await tx.one(lockCompany, { companyId })
  const before = await readPrintSettings(tx, ctx)
  refuseStale(before.version, ifMatch)
  const sha256 = bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
  if ((before.logo?.sha256 ?? null) === sha256) return
  const logo = bytes === null ? null : `\\x${bytes.toString('hex')}`
  tx.write(writeLogo, { companyId, type, logo, sha256 })
  recordEvents(tx, ctx, [
    {
      type: 'print-settings.changed',
      objectKind: 'company',
      objectId: companyId,
      before: { logo: before.logo },
      after: { logo: type === null ? null : { type, sha256 } },
    },
  ])
}

async function tryLogo(bytes: Buffer, type: LogoType): Promise<void> {
  // By itself and not within an SVG, where a picture that cannot be read is left out without a word.
  const format = type === 'image/svg+xml' ? 'svg' : type === 'image/png' ? 'png' : 'jpg'
  const source = `#let doc = json(bytes(sys.inputs.data))\n#image(bytes(doc.logo), format: "${format}", alt: "logo")`
  try {
    await renderPdf(source, { logo: [...bytes] }, new Date(0))
  } catch (error) {
    if ((error as { code?: string }).code !== 'template-fails') throw error
    throw refused('This picture cannot be printed: it is damaged. Save it anew and try again.')
  }
}

/** The logo as an SVG picture, which is how a template is given it: one way for all three kinds of file. */
export function asSvg(bytes: Buffer): string {
  const { type, width, height } = pictureOf(bytes)
  if (type === 'image/svg+xml') return bytes.toString('utf8')
  const data = `data:${type};base64,${bytes.toString('base64')}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="${data}"/></svg>`
}

/** What the content is, whatever the file is called. @throws 422 */
function pictureOf(bytes: Buffer): Picture {
  const picture = pngSize(bytes) ?? jpegSize(bytes)
  if (picture !== null) {
    if (picture.width > longestSide || picture.height > longestSide || picture.width * picture.height === 0)
      throw refused(
        `A logo has at most ${longestSide} × ${longestSide} pixels; this one has ${picture.width} × ${picture.height}.`,
      )
    return picture
  }
  if (isSvg(bytes)) return { type: 'image/svg+xml', width: 0, height: 0 }
  throw refused('A logo is a PNG, JPEG or SVG picture. This file is none, whatever its name says.')
}

function pngSize(bytes: Buffer): Picture | null {
  const begins = bytes.subarray(0, 16).toString('latin1') === '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'
  if (!begins || bytes.length < 24) return null
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Walks from part to part to the one that says the size. */
function jpegSize(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUIntBE(0, 3) !== 0xffd8ff) return null
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame)
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** What makes an SVG more than a picture: programs, pages in it, other files, names that stand for text. */
const notDrawing =
  /<!doctype|<!entity|<script|<foreignobject|<iframe|<audio|<video|<use[^>]+href\s*=\s*["'][^#]|\son[a-z]+\s*=|javascript:|@import|url\(\s*["']?[^#"')\s]/i
const foreignLink = /\bhref\s*=\s*["'](?!#|data:image\/(?:png|jpeg);base64,)/i

function isSvg(bytes: Buffer): boolean {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  if (!/^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text)) return false
  if (notDrawing.test(text) || foreignLink.test(text))
    throw refused(
      'This SVG holds more than a drawing (a program, a link to another file or a document type). Save it as plain SVG.',
    )
  return true
}

function refused(message: string) {
  return ruleBroken('not-a-logo', '', message)
}
