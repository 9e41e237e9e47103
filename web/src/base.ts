// base is the path below which the page's own room answers: '' for a room that has a computer to itself, '/c/…' in a
// hall of many. What is signed does not have it: a proxy may stand in between.
export const base = location.pathname.replace(/\/(screen)?$/, '');
