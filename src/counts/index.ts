/** The room of stock counts: sheets of what is counted, each of which becomes one stock adjustment. */
export { routes } from './routes.ts'
