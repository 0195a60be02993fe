import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

const topics = [
  '',
  '/company',
  '/numbering',
  '/orders',
  '/payments',
  '/users',
  '/roles',
  '/security',
  '/api-keys',
  '/audit',
  '/data',
]
/** What the tests further down look at in this guise is left out. */
const onDesks = ['', '/company', '/roles', '/audit', '/data']

describe.skipIf(noBrowser)('settings', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it.each([
    [1280, false, 'en', onDesks],
    [390, true, 'pl', topics],
  ] as const)(
    'at %i px, dark %s, in %s have no fault and no sideways scroll',
    async (width, dark, language, looked) => {
      const { page, faults } = await zapas.open({ path: '/c/crimson/settings', width, dark, language })
      for (const topic of [...looked.map((each) => `/settings${each}`), '/account']) {
        await page.goto(`${zapas.base}/c/crimson${topic}`)
        await page.locator('h1[data-page-title]').waitFor()
        await page.waitForLoadState('networkidle')
        expect([topic, await accessibilityFaults(page)]).toEqual([topic, []])
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect([topic, wide]).toEqual([topic, 0])
      }
      expect(faults).toEqual([])
    },
  )

  it('change the company, and say what is wrong at its field', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/orders' })
    const minutes = page.getByLabel('A reservation holds for')
    await minutes.fill('90')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.').waitFor()
    const { reservationMinutes } = await read<{ reservationMinutes: number }>(page, '/company')
    expect(reservationMinutes).toBe(90)
    await minutes.fill('0')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Fix 1 thing').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goto(`${zapas.base}/c/crimson/settings/numbering`)
    await page.getByRole('button', { name: 'Edit the numbering of Invoices' }).click()
    await page.getByLabel('Pattern').fill('F/{YYYY}/{###}')
    await page.getByText(/would be F\/\d{4}\/\d{3}/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('invite a person, who signs in with the one-time password and chooses another', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/users' })
    await page.getByRole('button', { name: 'Invite a person' }).click()
    await page.getByLabel('Name').fill('Ewa Nowak')
    await page.getByLabel('E-mail').fill('ewa@example.com')
    await page.getByLabel('Role', { exact: true }).selectOption('warehouse')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Give access' }).click()
    const secret = page.locator('[data-secret]')
    await secret.waitFor()
    const password = (await secret.innerText()).trim()
    expect(password.length).toBeGreaterThanOrEqual(10)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('link', { name: 'Ewa Nowak' }).waitFor()
    expect(await page.getByText(password).count()).toBe(0)

    const other = await zapas.open({ path: '/sign-in', as: null })
    await other.page.getByLabel('E-mail').fill('ewa@example.com')
    await other.page.getByLabel('Password', { exact: true }).fill(password)
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await other.page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor()
    expect(await accessibilityFaults(other.page)).toEqual([])
    await other.page.getByLabel('One-time password').fill('something-else')
    await other.page.getByLabel('New password').fill('seven-herons-in-a-boat')
    await other.page.getByRole('button', { name: 'Change the password' }).click()
    // It said 'Invalid password' above the form, in the words of the library.
    await other.page.getByText('This is not the one-time password.').waitFor()
    expect(await other.page.getByText('Invalid password').count()).toBe(0)
    await other.page.getByLabel('One-time password').fill(password)
    await other.page.getByLabel('New password').fill(password)
    await other.page.getByRole('button', { name: 'Change the password' }).click()
    await other.page.getByText('This is the present password. Choose another.').waitFor()
    await other.page.getByLabel('New password').fill('seven-herons-in-a-boat')
    await other.page.getByRole('button', { name: 'Change the password' }).click()
    await other.page.getByRole('heading', { name: 'Home' }).waitFor()
    const me = await read<{ role: string; email: string }>(other.page, '/me')
    expect([me.role, me.email]).toEqual(['warehouse', 'ewa@example.com'])
  })

  it('mark where a person differs from the role', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/users' })
    await page.getByRole('link', { name: 'Ewa Nowak' }).click()
    await page.getByRole('heading', { name: 'Ewa Nowak' }).waitFor()
    await page.getByLabel('Payments: Read', { exact: true }).check()
    await page.getByLabel('Payments: Read (differs from the role)').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    const { items } = await read<{ items: { email: string; granted: string[] }[] }>(page, '/users?q=ewa')
    expect(items.map(({ granted }) => granted)).toEqual([['payment:read']])
  })

  it('show an API key once, and it works until it is revoked', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/api-keys' })
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name').fill('Shop in Gdynia')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const secret = page.locator('[data-secret]')
    await secret.waitFor()
    const key = (await secret.innerText()).trim()
    expect(key).toMatch(/^zapas_\w+_/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Revoke Shop in Gdynia' }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain(key)
    const asked = () => fetch(`${zapas.base}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })
    expect((await asked()).status).toBe(200)
    await page.getByRole('button', { name: 'Revoke Shop in Gdynia' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('Shop in Gdynia is revoked.').waitFor()
    expect((await asked()).status).toBe(401)
  })

  it('make a webhook, show its secret once, send a test, stop it', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/webhooks' })
    await page.getByText('No webhooks yet').waitFor()
    await page.getByRole('link', { name: 'New webhook' }).first().click()
    await page.getByLabel('Name').fill('Shop in Gdynia')
    await page.getByLabel('Address', { exact: true }).fill('https://shop.example.com/zapas')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Choose at least one event').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('combobox', { name: 'Events' }).fill('invoice.*')
    await page.getByRole('option', { name: 'Invoice: everything (invoice.*)' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    const secret = page.locator('[data-secret]')
    await secret.waitFor()
    expect((await secret.innerText()).trim()).toMatch(/^whsec_/)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/)
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByRole('cell', { name: 'webhook.tested' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Nothing is sent').waitFor()
    await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click()
    await page.getByRole('link', { name: 'Shop in Gdynia' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('tell who changed what, narrowed by kind', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/audit' })
    await page.getByLabel('What').selectOption('api-key')
    await page.waitForURL(/kind=api-key/)
    await page.getByRole('cell', { name: /api-key\.revoked/ }).waitFor()
    await page.getByRole('cell', { name: 'Olivia' }).first().waitFor()
  })

  it('ask for a second factor at once where the company wants one', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/security' })
    await page.getByRole('switch', { name: 'Everybody needs a second factor' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await page.getByLabel('Your password').fill('correct-horse-battery')
    await page.getByRole('button', { name: 'Set up a second factor' }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
