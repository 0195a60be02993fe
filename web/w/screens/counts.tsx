import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useFormat } from '../../ui/format.ts'
import { go } from '../path.ts'
import { refreshIfOld, stateNow, useWarehouseState } from '../state.ts'
import { begunWorks } from '../store/database.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { workName } from '../work/use-work.ts'
import { sheetPath } from './count-sheet.ts'

/** Counts that were begun, here or on another device, and a new one. */
export function Counts() {
  const { t } = useLingui()
  const format = useFormat()
  const { copies } = useWarehouseState()
  const [begunHere, setBegunHere] = useState(false)
  useEffect(() => {
    refreshIfOld()
    const { me, warehouse } = stateNow()
    const name = workName(me?.company.slug, me?.id, warehouse?.id, 'count new')
    void begunWorks(name).then(
      (names) => setBegunHere(names.includes(name)),
      () => {},
    )
  }, [])
  const saved = copies?.counts ?? []
  const sheets = copies?.sheets ?? []
  return (
    <Screen
      title={t`Count what lies in the warehouse`}
      back="/"
      bottom={
        <Button primary onClick={() => go('/count/new')}>
          {begunHere ? <Trans>Go on with the count</Trans> : <Trans>Begin a count</Trans>}
        </Button>
      }
    >
      <p className={classes.quiet}>
        <Trans>
          The quantity of the books stays hidden while you count. The difference is booked at the end.
        </Trans>
      </p>
      {sheets.length > 0 && (
        <section>
          <h2 className={classes.section}>
            <Trans>Sheets to be counted</Trans>
          </h2>
          <ul className={classes.list}>
            {sheets.map((sheet) => (
              <li key={sheet.id} className={classes.item}>
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => go(`/count/${sheetPath(sheet.id)}`)}
                >
                  <span className={classes.grow}>
                    <span className={classes.strong}>{sheet.number}</span>
                    <br />
                    <span className={classes.quiet}>
                      {[sheet.of, sheet.counter].filter((part) => part !== null).join(' · ')}
                    </span>
                  </span>
                  <Trans>
                    {sheet.counted} of {sheet.lines}
                  </Trans>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {saved.length > 0 && (
        <section>
          <h2 className={classes.section}>
            <Trans>Begun, to be gone on with</Trans>
          </h2>
          <ul className={classes.list}>
            {saved.map((count) => (
              <li key={count.id} className={classes.item}>
                <button type="button" className={classes.link} onClick={() => go(`/count/${count.id}`)}>
                  <span className={classes.grow}>
                    <span className={classes.strong}>{count.reason === '' ? t`Count` : count.reason}</span>
                    <br />
                    <span className={classes.quiet}>
                      {count.by} · {format.moment(count.at)}
                    </span>
                  </span>
                  <Plural value={count.lines.length} one="# line" other="# lines" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}
