/** The room of mail: documents and reminders that leave the house, by which server, and what became of them. */
export { remindBySchedule } from './remind-by-schedule.ts'
export { routes } from './routes.ts'
export { type LinkOf, type MailWork, sendMails, startMails } from './run-mails.ts'
