// Package exhibition writes works as a folder of pages that any browser shows, from a disk or a server: a list of all
// works, and a page for each.
//
// It promises that the pages ask nothing of a network, run without scripts too, fit a phone, and are led through by the
// keyboard; equal books give equal bytes. File names are numbers: they name nobody. It knows no contest.
package exhibition
