// Package filter is the bar that narrows a page to a kit.Filter: states with counts, choices and a field to search
// in.
package filter
