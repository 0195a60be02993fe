import { queryOptions } from '@tanstack/react-query'
import type { Form } from '../../../src/printing/print-model.ts'
import { type Page, api, dataKey } from '../../api/index.ts'

export interface TemplateHead {
  readonly form: Form
  /** 'any': for every language without one of its own. */
  readonly language: string
  readonly version: number
  readonly changed: boolean
  readonly changedBy: string | null
  readonly changedAt: string | null
}
export interface Template extends TemplateHead {
  readonly source: string
  readonly builtIn: string
  readonly versions: readonly TemplateVersion[]
}
export interface TemplateVersion {
  readonly version: number
  /** Null: a reset. */
  readonly source: string | null
  readonly createdBy: string
  readonly createdAt: string
}

export const templatesQuery = () =>
  queryOptions({
    queryKey: dataKey('templates'),
    queryFn: ({ signal }) => api.get<Pick<Page<TemplateHead>, 'items'>>('/templates', {}, { signal }),
  })

export const templateQuery = (form: string, language: string) =>
  queryOptions({
    queryKey: dataKey('templates', form, language),
    queryFn: ({ signal }) => api.get<Template>(`/templates/${form}`, { language }, { signal }),
  })

/** Of its page, below the company. */
export function templateAddress(form: string, language: string): string {
  return `/settings/templates/${form}${language === 'any' ? '' : `?language=${language}`}`
}
