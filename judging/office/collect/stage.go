// Package collect is the call for works: what units are given (the kit), what came from them (the inbox), and who has
// not sent anything yet. Works themselves come in by package intake; score sheets of judges by package collecting.
package collect

import (
	"fayi/judging/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Stage is the call for works of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// The tables of the stage: the terms of the call, of which there is one record, and the parcels.
var (
	terms   = store.NewTable("call_terms", 1, func(*collect.Terms) string { return "terms" })
	parcels = store.NewTable("parcel", 1, func(p *Parcel) string { return p.ID })
)
