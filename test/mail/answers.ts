import type { Answered } from '../support/api.ts'

/** What the API answers of mail, as far as tests read it. */
export interface Mail extends Answered {
  readonly to: readonly string[]
  readonly subject: string
  readonly body: string
  readonly html: string
  readonly attempts: number
  readonly answer: string | null
  readonly refused: readonly string[]
  readonly attachments: readonly { readonly fileName: string; readonly pdfId: string | null }[]
  readonly documents: readonly { readonly id: string; readonly stage: number | null }[]
}
export interface Sent {
  readonly mail: Mail
  readonly hindrances: readonly { readonly code: string }[]
}
export interface Reminded {
  readonly mails: readonly Mail[]
  readonly skipped: readonly { readonly code: string }[]
}
