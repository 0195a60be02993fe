/** Today where the clock shows this time zone (the machine's when undefined), as `YYYY-MM-DD`. */
export function todayIn(timeZone: string | undefined, moment = new Date()): string {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment)
}
