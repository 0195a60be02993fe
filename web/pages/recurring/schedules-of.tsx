import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import type { ItemOf } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { useRhythm } from './words.ts'

/** That a schedule made this document, and which ones repeat it. */
export default function SchedulesOf({
  made,
  live,
}: {
  readonly made: readonly ItemOf<'recurring'>[]
  readonly live: readonly ItemOf<'recurring'>[]
}) {
  const { t } = useLingui()
  const format = useFormat()
  const rhythm = useRhythm()
  return (
    <Alert color="blue" variant="light" my="sm" aria-label={t`Recurring documents`}>
      {made.map((each) => (
        <div key={each.id}>
          <Trans>
            Made by the schedule <PageLink href={`/recurring/${each.id}`}>{each.name}</PageLink>
          </Trans>
        </div>
      ))}
      {live.map((each) => {
        const date = each.nextDate === null ? '' : format.date(each.nextDate)
        const often = rhythm(each)
        return (
          <div key={each.id}>
            <Trans>
              Repeated by <PageLink href={`/recurring/${each.id}`}>{each.name}</PageLink>: {often}, next on{' '}
              {date}
            </Trans>
          </div>
        )
      })}
    </Alert>
  )
}
