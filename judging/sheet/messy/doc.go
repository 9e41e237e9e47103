// Package messy composes workbooks of works as offices send them, every kind of mess at random, and knows of each
// what a careful person would take from it. docs/messy.md describes the kinds and what is measured.
//
// It promises: the same seed makes the same book, byte for byte in its text formats; what is true is known by
// construction, since the works are made first and the sheet is written from them. It shares nothing with the readers
// that it is to find faults in: it spells heads by its own tables, which follow how people name columns.
//
// Only tests import it.
package messy
