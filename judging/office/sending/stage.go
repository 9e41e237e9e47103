// Package sending keeps what units send over a network until the organiser takes it in: whether they may, the links by
// which they come, and what arrived (deliveries).
//
// It promises: nothing is open that the organiser did not open; the token of a link is known to nobody but who was
// given it, since only its hash is kept; a delivery is whole, stays until somebody decides on it, and becomes works by
// TakeDelivery only. It will not talk to a network: package judging/sending does.
package sending

import (
	"time"

	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Stage is what is sent online to an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Opening says whether units may send online.
type Opening struct {
	Open   bool      `json:"open"`
	Until  time.Time `json:"until,omitzero"` // when it ends by itself; zero: when it is closed
	Public bool      `json:"public"`         // who has no link may read what is asked for
	Most   int64     `json:"most"`           // bytes of one delivery
}

// Now reports whether something new may be sent at a time.
func (o Opening) Now(at time.Time) bool { return o.Open && (o.Until.IsZero() || at.Before(o.Until)) }

// UsualMost is the most bytes of one delivery where the organiser says nothing, MostMost what they may say: 4 and
// 32 GiB.
const (
	UsualMost = 4 << 30
	MostMost  = 32 << 30
)

// link is the link of a unit, as it is kept.
type link struct {
	Unit   string    `json:"unit"`
	Hash   string    `json:"hash"` // of the token, in hexadecimal digits
	Issued time.Time `json:"issued"`
}

// How it stands with a delivery.
const (
	Waiting = "waiting" // for the organiser
	Taken   = "taken"
	Refused = "refused" // by the organiser, with a reason
	Misfit  = "unfit"   // by the server, with a reason: an Unfit, whose bytes are not here
)

// What a delivery is.
const (
	Pack     = "parcel"   // a zip that the page packed
	Workbook = "workbook" // a list of works, filled in
)

// Delivery 网上来件 is a file that a unit sent, whole and checked.
type Delivery struct {
	ID      string    `json:"id"` // "s001"
	Unit    string    `json:"unit"`
	At      time.Time `json:"at"`   // when its last byte was there
	Name    string    `json:"name"` // what the unit's device called it
	Bytes   int64     `json:"bytes"`
	Sum     string    `json:"sha256"`
	Kind    string    `json:"kind"`
	Edition int       `json:"edition,omitempty"` // of a parcel: packed so many times
	Works   int       `json:"works"`             // of a parcel
	Files   int       `json:"files"`             // of works in a parcel
	State   string    `json:"state"`
	Why     string    `json:"why,omitempty"`     // it was refused
	Parcel  string    `json:"parcel,omitempty"`  // what it became
	Cleared bool      `json:"cleared,omitempty"` // its bytes are not kept any more
}

// The tables of the stage. Each unit has one link at most.
var (
	openings = store.NewTable("sending", 1, func(*Opening) string { return "sending" })
	links    = store.NewTable("send_link", 1, func(l *link) string { return l.Unit },
		store.Index[link]{Name: "hash", Values: func(l *link) []string { return []string{l.Hash} }})
	deliveries = store.NewTable("delivery", 1, func(d *Delivery) string { return d.ID })
)
