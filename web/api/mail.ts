import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type {
  MailItem,
  MailOut,
  ReminderOut,
  SendOut,
  TemplateList,
  TemplateOut,
  TriedOut,
} from '../../src/mail/schema.ts'
import type { MailSettingsOut } from '../../src/mail/settings.ts'
import { api } from './client.ts'
import type { Json } from './json.ts'
import { dataKey } from './queries.ts'
import type { Page } from './resources.ts'

export type MailInList = Json<Static<typeof MailItem>>
export type Mail = Json<Static<typeof MailOut>>
export type SentMail = Json<Static<typeof SendOut>>
export type Reminders = Json<Static<typeof ReminderOut>>
export type MailSettings = Json<Static<typeof MailSettingsOut>>
export type MailTemplate = Json<Static<typeof TemplateOut>>
export type MailTemplateHead = Json<Static<typeof TemplateList>>['items'][number]
export type TriedMail = Json<Static<typeof TriedOut>>

/** Asked again while something is on its way. */
const soon = 2000
const underWay = (state: string | undefined): boolean => state === 'waiting' || state === 'sending'

export const mailsOfDocumentQuery = (documentId: string) =>
  queryOptions({
    queryKey: dataKey('mails', documentId),
    queryFn: ({ signal }) => api.get<Page<MailInList>>('/mails', { documentId, limit: 50 }, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state, attempts }) => underWay(state) && attempts < 2) ? soon : false,
  })

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: dataKey('mail', id),
    queryFn: ({ signal }) => api.get<Mail>(`/mails/${id}`, {}, { signal }),
    refetchInterval: ({ state: { data } }) =>
      underWay(data?.state) && (data?.attempts ?? 0) < 2 ? soon : false,
  })

export const mailSettingsQuery = () =>
  queryOptions({
    queryKey: dataKey('settings', 'mail'),
    queryFn: ({ signal }) => api.get<MailSettings>('/mail-settings', {}, { signal }),
  })

export const mailTemplatesQuery = () =>
  queryOptions({
    queryKey: dataKey('mail-templates'),
    queryFn: ({ signal }) =>
      api.get<{ readonly items: readonly MailTemplateHead[] }>('/mail-templates', {}, { signal }),
  })

export const mailTemplateQuery = (purpose: string, language: string) =>
  queryOptions({
    queryKey: dataKey('mail-templates', purpose, language),
    queryFn: ({ signal }) => api.get<MailTemplate>(`/mail-templates/${purpose}/${language}`, {}, { signal }),
  })
