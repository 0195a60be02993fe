import type { TestApp } from '../support/test-app.ts'
import { ask } from './ask.ts'
import type { Figures } from './figures.ts'

/** R15: every number of a series once and none left out, though several clerks took them at once. */
export async function compareSeries(app: TestApp, figures: Figures): Promise<void> {
  const series = await ask(
    app,
    `select kind || ' ' || substring(number from '\\d{4}') as series, count(*) as given,
        count(distinct number) as different, max(substring(number from '-(\\d+)$')::int) as highest
      from (
        select kind, number from orders union all select kind, number from shipments
        union all select kind, number from invoices
      ) d where number is not null group by 1`,
  )
  const whole = series.filter(
    (each) => each['given'] === each['different'] && each['given'] === each['highest'],
  )
  figures.compare('number series without gap or repeat', series.length, whole.length)
}
