// Progress, reports, obstacles and campaigns are fetched when somebody first opens them: the day's work at the doors
// needs none of them, and should not wait for them.

/** The sections of the app that are in it. */
export const isMonth = (section: string | undefined): boolean =>
  section !== undefined && ['progress', 'report', 'obstacles', 'campaigns', 'notices'].includes(section);

/** The screens of the team's month, with everything that belongs to them. */
export const loadMonth = () => import('./index');
