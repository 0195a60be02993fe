import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist'
// Its address: Vite puts the file beside the app.
// eslint-disable-next-line import/default
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = worker

export interface DrawnPage {
  readonly number: number
  /** A picture of it: an address of this window. */
  readonly picture: string
  readonly width: number
  readonly height: number
}

/** More pages than these are not looked at on a screen; the file has them all. */
const most = 40

interface Options {
  /** Of a page on the screen, in CSS pixels. */
  readonly width: number
  readonly stopped: AbortSignal
  /** Told after the first page, and again with every further one. */
  readonly drawn: (pages: readonly DrawnPage[]) => void
}

/** Draws the pages of a PDF, the first one at once. @throws when the file is none. */
export async function drawPages(file: Blob, { width, stopped, drawn }: Options): Promise<void> {
  const task = getDocument({ data: await file.arrayBuffer(), useWasm: false })
  try {
    const document = await task.promise
    const pages: DrawnPage[] = []
    for (let number = 1; number <= Math.min(document.numPages, most); number++) {
      if (stopped.aborted) return
      const page = await document.getPage(number)
      const sharpness = Math.min(window.devicePixelRatio, 2)
      const natural = page.getViewport({ scale: 1 })
      // A label is smaller than the screen, and shown as large as it helps.
      const shown = Math.min(width, natural.width * 1.6)
      const viewport = page.getViewport({ scale: (shown / natural.width) * sharpness })
      const canvas = window.document.createElement('canvas')
      canvas.width = Math.ceil(viewport.width)
      canvas.height = Math.ceil(viewport.height)
      await page.render({ canvas, viewport }).promise
      if (stopped.aborted) return
      pages.push({
        number,
        picture: canvas.toDataURL('image/png'),
        width: Math.round(shown),
        height: Math.round((natural.height * shown) / natural.width),
      })
      drawn([...pages])
    }
  } finally {
    await task.destroy()
  }
}
