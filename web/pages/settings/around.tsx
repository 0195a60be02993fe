import { Outlet } from '@tanstack/react-router'
import { SettingsNav } from './layout.tsx'
import classes from './settings.module.css'

/** Settings that are lists and records of their own, such as taxes, with the other settings beside them. */
export default function AroundSettings() {
  return (
    <div className={classes.layout} data-page>
      <SettingsNav />
      <div className={classes.beside}>
        <Outlet />
      </div>
    </div>
  )
}
