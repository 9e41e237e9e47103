// Package intake holds the page of the import: what lists and folders hold, how their columns are understood, what is
// filled in, what a list that came again changes, and what an import brought.
//
// It promises that all of it is shown before a single work is written, and that an import can be undone as one.
package intake
