import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, lazy, useState } from 'react'
import { type OneOf, documentQuery } from '../../api/index.ts'
import { type LoaderInput, useLoadedWhenCalm } from '../../page/index.ts'
import { PageLink, inCompany, useReason } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordPage } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './counts.module.css'
import { Sheet } from './sheet.tsx'
import { countStates, useScope } from './words.ts'

type Count = OneOf<'stock-counts'>
export type Step = 'finish' | 'recount' | 'stock-adjustments' | 'cancel'

const PdfSheet = lazy(() => import('../../patterns/pdf/pdf-sheet.tsx'))
const loadDialogs = () => import('./step-dialogs.tsx')

export function loader({ client, params }: LoaderInput): void {
  if (params['id'] !== undefined) void client.prefetchQuery(documentQuery('stock-counts', params['id']))
}

export default function CountPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('stock-counts', id))
  if (data === undefined)
    return <RecordLoading title={t`Stock count`} error={error} retry={() => void refetch()} />
  return <One key={id} count={data} />
}

function One({ count }: { readonly count: Count }) {
  const { t } = useLingui()
  const format = useFormat()
  const scope = useScope()
  const { may } = usePermissions()
  const [printing, setPrinting] = useState(false)
  const [step, setStep] = useState<Step | null>(null)
  const dialogs = useLoadedWhenCalm(loadDialogs, step !== null)
  const { state, adjustmentId, countedCount, lineCount, differenceCount } = count
  const open = state === 'counting' || state === 'to-approve'
  const mayWrite = may('stock-adjustment:write')
  return (
    <RecordPage
      kind={t`Stock count`}
      title={count.number}
      crumbs={[{ label: t`Stock counts`, href: '/stock-counts' }]}
      badges={<StatusBadge status={countStates[state]} />}
      line={[count.warehouseName, scope(count), format.date(count.date)]}
      edit={null}
      actions={
        <>
          {open && <Steps count={count} onStep={setStep} />}
          <Button variant="default" onClick={() => setPrinting(true)}>
            <Trans>Print</Trans>
          </Button>
        </>
      }
    >
      <FactList
        facts={[
          [t`Counted`, t`${countedCount} of ${lineCount} lines`],
          [
            t`Differ`,
            differenceCount === null ? (
              <Trans>Shown when the counting is finished: it is counted blind.</Trans>
            ) : (
              <Plural value={differenceCount} one="# line" other="# lines" />
            ),
          ],
          [t`Who counts`, count.counter],
          [t`Begun by`, count.createdBy],
          [
            t`Adjustment`,
            adjustmentId === null ? null : (
              <PageLink key="adjustment" href={`/stock-adjustments/${adjustmentId}`} size="sm">
                {count.adjustment}
              </PageLink>
            ),
          ],
          [t`Notes`, count.notes],
        ]}
      />
      {state === 'booked' && (
        <Alert color="green" variant="light">
          <Trans>
            What differed is booked. To undo it, reverse the adjustment; the count is then to approve again.
          </Trans>
        </Alert>
      )}
      <Sheet key={state} count={count} mayWrite={mayWrite && state === 'counting'} />
      {printing && (
        <Suspense fallback={null}>
          <PdfSheet
            title={t`Count sheet ${count.number}`}
            path={`/stock-counts/${count.id}/pdf`}
            name={count.number}
            onClose={() => setPrinting(false)}
          />
        </Suspense>
      )}
      {step !== null && dialogs !== null && (
        <dialogs.StepDialog step={step} count={count} onClose={() => setStep(null)} />
      )}
    </RecordPage>
  )
}

interface StepsProps {
  readonly count: Count
  readonly onStep: (step: Step) => void
}

/** The next step as a button, the others behind it; one that is refused says why. */
function Steps({ count, onStep }: StepsProps) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const reason = useReason()
  const labels: Readonly<Record<Step, string>> = {
    finish: t`Finish counting`,
    recount: t`Count again…`,
    'stock-adjustments': t`Approve and book`,
    cancel: t`Cancel the count`,
  }
  const permissions = {
    finish: 'stock-adjustment:write',
    recount: 'stock-adjustment:write',
    'stock-adjustments': 'stock-adjustment:post',
    cancel: 'stock-adjustment:cancel',
  } as const
  const offered = (step: Step) => count.actions.find(({ name }) => name === step)
  const main: Step = count.state === 'counting' ? 'finish' : 'stock-adjustments'
  const rest = (['recount', 'cancel'] as const).filter(
    (step) => may(permissions[step]) && offered(step)?.allowed,
  )
  const why = offered(main)?.reason ?? null
  const mayWrite = may('stock-adjustment:write')
  return (
    <>
      {may(permissions[main]) && (
        <Button
          aria-disabled={why !== null}
          title={why === null ? undefined : reason(why.message)}
          className={classes.main}
          onClick={() => why === null && onStep(main)}
        >
          {labels[main]}
        </Button>
      )}
      {(rest.length > 0 || mayWrite) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<IconDots size={16} aria-hidden />}>
              <Trans>More</Trans>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayWrite && (
              <Menu.Item component={Link} to={inCompany(`/stock-counts/${count.id}/edit`)}>
                <Trans>Who counts, and how</Trans>
              </Menu.Item>
            )}
            {rest.map((step) => (
              <Menu.Item
                key={step}
                onClick={() => onStep(step)}
                {...(step === 'cancel' && { color: 'red.9' })}
              >
                {labels[step]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {why !== null && may(permissions[main]) && <p className={classes.why}>{reason(why.message)}</p>}
    </>
  )
}
