/** What the server and the process that renders say to each other. */

export interface RenderRequest {
  readonly id: number
  /** Typst source of the document. */
  readonly source: string
  /** The document as JSON, which the source reads as `doc`. */
  readonly data: string
  /** Seconds since 1970, written into the file: the same document gives the same bytes. */
  readonly timestamp: number
}

export type RenderReply =
  | { readonly id: number; readonly pdf: Uint8Array; readonly pages: number; readonly replaced: string[] }
  | { readonly id: number; readonly faults: readonly TemplateFault[] }

/** What Typst says of a template. */
export interface TemplateFault {
  readonly message: string
  /** Counted from 1; null when it is not in the template itself. */
  readonly line: number | null
}
