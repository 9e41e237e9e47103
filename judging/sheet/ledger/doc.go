// Package ledger accounts for the rows of a sheet.
//
// It promises: a reader gets each row that holds text together with a ticket, and a ticket is answered once: the row
// was taken, refused with a problem, or recognised as a note. Close fails when a ticket was left unanswered or answered
// twice, so that a reader which loses a row cannot end well. What is counted comes from the answers alone: there is no
// second count that could agree by chance.
//
// It will not say what a row is, nor keep problems: the readers do (packages table and score).
package ledger
