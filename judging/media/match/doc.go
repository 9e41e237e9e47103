// Package match tells which file belongs to which row of a table, by numbers, titles, names and places in the path.
//
// It promises: files are matched together, so that one pair is taken only if all would be worse without it; a pair
// that is not sure is a doubt with its offers and reasons, not a guess; same input, same pairs. docs/noise.md says
// how well it does.
//
// It will not open files: their paths are all it knows.
package match
