import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Zapas } from './browser.ts'

/** For what follows from an answer of the server; a busy machine takes its time. */
export const patience = { timeout: 15_000 }

/** One person at one window of Crimson: what they enter, press and read, in the language that they see. */
export class Desk {
  readonly page: Page
  readonly #zapas: Zapas
  readonly #words: Readonly<Record<string, string>>

  /** @param words of the language shown, by the English ones; what is missing reads the same in both. */
  constructor(zapas: Zapas, page: Page, words: Readonly<Record<string, string>> = {}) {
    this.#zapas = zapas
    this.page = page
    this.#words = words
  }

  /** An English text as this person sees it; `{}` stands for the values in their order. */
  say(english: string, ...values: readonly (string | number)[]): string {
    let at = 0
    return (this.#words[english] ?? english).replaceAll('{}', () => String(values[at++]))
  }

  async api<T>(path: string, data?: object, method = data === undefined ? 'GET' : 'POST'): Promise<T> {
    const answer = await this.page.request.fetch(`${this.#zapas.base}/api/v1${path}`, {
      method,
      headers: {
        'zapas-company': 'crimson',
        origin: this.#zapas.base,
        ...(data !== undefined && { 'idempotency-key': crypto.randomUUID() }),
      },
      ...(data !== undefined && { data }),
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.#zapas.base}/c/crimson${path}`)
    await this.page.locator('[data-page-title]').first().waitFor()
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }
  get verb(): Locator {
    return this.dialog.locator('[data-dialog-verb]')
  }
  button(english: string): Locator {
    return this.page.getByRole('button', { name: this.say(english), exact: true })
  }

  /** The form of a new document of a list. */
  async enter(list: string): Promise<void> {
    await this.go(`/${list}/new`)
    await this.page.getByRole('grid').waitFor()
  }

  async choose(field: string, name: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: this.say(field), exact: true })
    await box.focus()
    await this.page.keyboard.type(name)
    await expect
      .poll(() => this.page.locator('[role="option"]').first().innerText(), patience)
      .toContain(name)
    await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
  }

  cell(column: string, row = 0): Locator {
    return this.page.locator(`[role="gridcell"][data-column="${column}"]`).nth(row)
  }

  /** Types into a cell as a person does (faster would be a scanner), and takes it with Enter. */
  async fill(column: string, text: string): Promise<void> {
    await this.cell(column).focus()
    await this.page.keyboard.type(text, { delay: 45 })
    await this.page.keyboard.press('Enter')
  }

  /** An action of a document, wherever it stands: as a button or under More. */
  async act(name: string): Promise<void> {
    const more = this.page.getByRole('button', { name: this.say('More actions') })
    await this.page.locator('header [data-action]').or(more).first().waitFor()
    const direct = this.page.locator(`button[data-action="${name}"]`)
    if ((await direct.count()) === 0) {
      await more.click()
    }
    await direct.first().click()
    await this.dialog.waitFor()
  }

  /** Does what the dialog shows, once its preview is there, and waits until it is done. */
  async agree(): Promise<void> {
    await this.press()
    await this.verb.waitFor({ state: 'detached' })
  }

  /** Presses the verb of the dialog once its preview is there; it may be refused. */
  async press(): Promise<void> {
    await this.#previewed()
    await this.verb.click()
  }

  async #previewed(): Promise<void> {
    await this.dialog
      .locator('[aria-live][aria-busy="false"]')
      .waitFor(patience)
      .catch(async () => {
        throw new Error(`there is no preview: ${await this.dialog.innerText()}`)
      })
  }

  /** Opens what a notice says was made. */
  async follow(prefix: string): Promise<void> {
    const link = this.page.getByRole('status').getByRole('link', { name: new RegExp(`^${prefix}-`) })
    await link.last().click()
    await this.reads(new RegExp(`^${prefix}-`))
  }

  /** The number of the document that is shown. */
  async number(): Promise<string> {
    return (await this.page.getByRole('heading', { level: 1 }).innerText()).trim()
  }

  async reads(number: RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: number }).waitFor()
  }

  /** Waits until the page says it. */
  async shows(english: string, ...values: readonly (string | number)[]): Promise<void> {
    const text = this.say(english, ...values)
    await this.page
      .locator('main')
      .getByText(text, { exact: true })
      .first()
      .waitFor(patience)
      .catch(async () => {
        throw new Error(`'${text}' is not on the page: ${await this.page.locator('main').innerText()}`)
      })
  }

  /** What the first line of the document says, from left to right. */
  async line(): Promise<string> {
    return plain(await this.page.locator('main tbody tr').first().innerText())
  }

  /** The text of the dialog, blanks made plain. */
  async preview(): Promise<string> {
    await this.#previewed()
    return plain(await this.dialog.innerText())
  }

  /** On hand, reserved, available, incoming of a product, as its page shows them. */
  async stock(productId: string): Promise<readonly string[]> {
    await this.go(`/products/${productId}`)
    const cells = this.page
      .getByRole('region', { name: this.say('Stock by warehouse') })
      .locator('tbody tr')
      .first()
      .locator('td')
    await cells.first().waitFor()
    // Behind the figure stands, for screen readers, what it is of.
    return (await cells.allInnerTexts()).slice(0, 4).map((text) => plain(text).split(/ (?=\D)/)[0]!)
  }

  async expectDialogText(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.preview(), patience).toMatch(pattern)
  }
}

/** No-break and narrow blanks of formatted figures as ordinary ones. */
export function plain(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim()
}
