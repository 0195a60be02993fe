import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { TestApp } from './test-app.ts'

/** A piece of text on a page, in points from the upper left corner. */
export interface Piece {
  readonly text: string
  readonly page: number
  readonly x: number
  /** Of the base line. */
  readonly y: number
  readonly size: number
  readonly width: number
  /** 'rtl' where the letters run from right to left. */
  readonly direction: string
}

export interface Page {
  readonly number: number
  readonly height: number
  readonly pieces: readonly Piece[]
  /** Pieces of one height joined, from left to right, with a space between. */
  readonly lines: readonly { readonly y: number; readonly text: string }[]
}

/** Prints by the API as the owner would; throws unless it answers a PDF. */
export async function printed(app: TestApp, path: string): Promise<Uint8Array> {
  const answer = await fetch(`${app.base}/api/v1${path}`, { headers: app.owner.headers })
  const type = answer.headers.get('content-type')
  if (answer.status !== 200 || type !== 'application/pdf')
    throw new Error(`${path}: ${answer.status} ${type} ${await answer.text()}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The text of a PDF with its positions. Works on a copy: the reader takes the bytes for itself. */
export async function pagesOf(pdf: Uint8Array): Promise<Page[]> {
  const task = getDocument({ data: pdf.slice(), verbosity: 0 })
  const document = await task.promise
  const pages: Page[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const pieces = items.flatMap((item): Piece[] => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [, , , size, x, bottom] = item.transform as number[]
      const { str, width, dir: direction } = item
      return [{ text: str, page: number, x: x!, y: height - bottom!, size: size!, width, direction }]
    })
    pages.push({ number, height, pieces, lines: linesOf(pieces) })
  }
  await task.destroy()
  return pages
}

export async function textOf(pdf: Uint8Array): Promise<string> {
  return (await pagesOf(pdf)).flatMap((page) => page.lines.map((line) => line.text)).join('\n')
}

function linesOf(pieces: readonly Piece[]): { y: number; text: string }[] {
  const lines: { y: number; pieces: Piece[] }[] = []
  for (const piece of pieces.toSorted((a, b) => a.y - b.y)) {
    const last = lines.at(-1)
    if (last && piece.y - last.y < 2) last.pieces.push(piece)
    else lines.push({ y: piece.y, pieces: [piece] })
  }
  return lines.map((line) => ({
    y: line.y,
    text: line.pieces
      .toSorted((a, b) => a.x - b.x)
      .map((piece) => piece.text)
      .join(' '),
  }))
}

/** Pieces of text that are printed over each other, of every two the first. */
export async function overprinted(pdf: Uint8Array): Promise<string[]> {
  const pages = await pagesOf(pdf)
  const over = (a: Piece, b: Piece): boolean =>
    a.x + a.width > b.x + 1 && b.x + b.width > a.x + 1 && a.y > b.y - b.size * 0.6 && b.y > a.y - a.size * 0.6
  return pages.flatMap(({ pieces }) =>
    pieces.filter((a, i) => pieces.slice(i + 1).some((b) => over(a, b))).map(({ text }) => text),
  )
}

/** What the file says of itself: `3 A`, from its metadata. */
export function archiveLevel(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1')
  const part = /<pdfaid:part>(\d)</.exec(text)?.[1]
  const conformance = /<pdfaid:conformance>(\w)</.exec(text)?.[1]
  return `${part} ${conformance}`
}
