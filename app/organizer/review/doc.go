// Package review holds the pages for the review of works: those that wait, one after the other, and what judges
// will see of them, looked at before they do.
package review
