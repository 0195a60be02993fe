/** How an installation and its companies begin. */
export { type By, type NewCompany, createCompany } from './create-company.ts'
export { enterCompany } from './enter-company.ts'
export { type FirstStart, type Started, firstStart, halfAnOwner } from './first-start.ts'
export { routes } from './routes.ts'
