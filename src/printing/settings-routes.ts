import { type AnyRoute, route } from '../http/route.ts'
import { readBack } from '../kernel/transaction.ts'
import { changeLogo, findLogo, largestLogo } from './logo.ts'
import { PrintSettingsChange, PrintSettingsOut, changePrintSettings, readPrintSettings } from './settings.ts'

const tag = 'printing'

/** What printed documents say of the company, and its logo. */
export const settingsRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/print-settings',
    summary: 'What printed documents say of the company: bank account, register, note, paper',
    tag,
    permission: 'company:read',
    response: PrintSettingsOut,
    handle: (tx, { ctx }) => readPrintSettings(tx, ctx),
  }),
  route({
    method: 'PATCH',
    path: '/print-settings',
    summary: 'Change what printed documents say of the company',
    tag,
    permission: 'company:write',
    body: PrintSettingsChange,
    response: PrintSettingsOut,
    async handle(tx, { ctx, body, ifMatch }) {
      await changePrintSettings(tx, ctx, body, ifMatch)
      return readBack(() => readPrintSettings(tx, ctx))
    },
  }),
  route({
    method: 'GET',
    path: '/print-settings/logo',
    summary: 'The logo of printed documents, as it was sent',
    tag,
    permission: 'company:read',
    response: undefined,
    file: '*/*',
    handle: (tx, { ctx }) => findLogo(tx, ctx),
  }),
  route({
    method: 'PUT',
    path: '/print-settings/logo',
    summary: 'Print this logo on all documents: a PNG, JPEG or SVG picture of at most 512 KiB',
    description: 'What it is, its content says. Documents that were kept stay as they are.',
    tag,
    permission: 'company:write',
    upload: largestLogo,
    response: PrintSettingsOut,
    async handle(tx, { ctx, body, ifMatch }) {
      await changeLogo(tx, ctx, body as unknown as Buffer, ifMatch)
      return readBack(() => readPrintSettings(tx, ctx))
    },
  }),
  route({
    method: 'DELETE',
    path: '/print-settings/logo',
    summary: 'Print the name in place of a logo',
    tag,
    permission: 'company:write',
    response: PrintSettingsOut,
    async handle(tx, { ctx, ifMatch }) {
      await changeLogo(tx, ctx, null, ifMatch)
      return readBack(() => readPrintSettings(tx, ctx))
    },
  }),
]
