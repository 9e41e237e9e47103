// Package tally looks at one judge's own list in numbers: works by state, their order by total, the totals near
// another, and what in them is worth a second look.
//
// Nothing here draws, reads a clock or knows another judge; the same list gives the same numbers. Words come from the
// texts that the caller hands in.
package tally
