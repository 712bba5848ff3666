// Cards, drawings and their words are fetched when somebody first opens them: a visit is opened every day, a
// lesson now and then.

/** The lessons, with everything that belongs to them. */
export const loadLessons = () => import('./index');
