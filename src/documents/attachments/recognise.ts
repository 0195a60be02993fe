import { ruleBroken } from '../../kernel/problem.ts'

/** What may be attached, and how its content begins. What a file is, its content says, never who sends it. */
const signatures: readonly { readonly type: string; readonly begins: string; readonly at?: number }[] = [
  { type: 'application/pdf', begins: '%PDF-' },
  { type: 'image/png', begins: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', begins: '\xff\xd8\xff' },
  { type: 'image/gif', begins: 'GIF8' },
  { type: 'image/webp', begins: 'WEBP', at: 8 },
  { type: 'image/heic', begins: 'ftypheic', at: 4 },
  { type: 'image/heic', begins: 'ftypmif1', at: 4 },
  { type: 'image/tiff', begins: 'II*\0' },
  { type: 'image/tiff', begins: 'MM\0*' },
]

/** Office files are ZIP archives; what stands in them and what they are called must say the same. */
const archives: Readonly<Record<string, { readonly type: string; readonly holds: string }>> = {
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    holds: 'word/',
  },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', holds: 'xl/' },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    holds: 'ppt/',
  },
  odt: {
    type: 'application/vnd.oasis.opendocument.text',
    holds: 'application/vnd.oasis.opendocument.text',
  },
  ods: {
    type: 'application/vnd.oasis.opendocument.spreadsheet',
    holds: 'application/vnd.oasis.opendocument.spreadsheet',
  },
}

/** Plain text has no signature: it must be text, be called so, and is told as text and nothing else. */
const texts: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  xml: 'text/plain',
  json: 'text/plain',
}

/**
 * The media type of a file.
 * @throws 422 `file-type` when it is none of those that may be attached.
 */
export function recognise(bytes: Buffer, name: string): string {
  const head = bytes.subarray(0, 32).toString('latin1')
  const found = signatures.find(({ begins, at = 0 }) => head.startsWith(begins, at))
  if (found) return found.type
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const archive = archives[ending]
  if (archive && head.startsWith('PK\x03\x04') && bytes.includes(archive.holds)) return archive.type
  const text = texts[ending]
  if (text !== undefined && isText(bytes)) return text
  throw ruleBroken(
    'file-type',
    '',
    'A file of this kind cannot be attached. Possible are PDF, pictures (PNG, JPEG, GIF, WebP, HEIC, TIFF), DOCX, XLSX, PPTX, ODT, ODS, and TXT, CSV, XML and JSON in UTF-8; the content decides, not the name.',
  )
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
