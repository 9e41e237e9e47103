package passes

import (
	"encoding/hex"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// kept is a pass as it is stored: what lets a judge score in the room with a device of their own. The token itself is
// kept nowhere, only what it hashes to. The pass of a judge who was removed stays, and opens nothing.
type kept struct {
	Judge  judging.JudgeID `json:"judge"`
	ID     string          `json:"id"`               // names the pass in requests; says nothing of the token
	Key    []byte          `json:"key"`              // SHA-256 of the token; signs requests
	Device []byte          `json:"device,omitempty"` // SHA-256 of the device that came first, none before
	Free   bool            `json:"free,omitempty"`   // another device may take its place
	Kind   string          `json:"kind,omitempty"`   // what kind of device it said to be, a word of devices
	Issued time.Time       `json:"issued"`
	Bound  time.Time       `json:"bound,omitzero"` // when the device came first
}

// passTable has at most one pass of each judge.
var passTable = store.NewTable("pass", 1, func(p *kept) string { return string(p.Judge) },
	store.Index[kept]{Name: "id", Values: func(p *kept) []string { return []string{p.ID} }})

// roomKey is a secret of the contest: what the room signs with, or the token of the big screen.
type roomKey struct {
	ID     string `json:"id"`
	Secret []byte `json:"secret"`
}

// The keys.
const (
	doorKey      = "room"      // for what the room hands out: addresses of media and marks of their content
	authorityKey = "authority" // cert.Authority, packed
	screenKey    = "screen"    // opens the big screen; kept as it is, to be shown again; opens what all may see
)

// keyTable holds the keys.
var keyTable = store.NewTable("room_key", 1, func(k *roomKey) string { return k.ID })

// loadPass returns the pass of a judge, nil where there is not one.
func loadPass(tx store.Tx, judge judging.JudgeID) (*kept, error) {
	p, err := passTable.Get(tx, string(judge))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &p, err
}

// findPass returns the pass of an identity, nil where there is not one.
func findPass(tx store.Tx, id string) (*kept, error) {
	if raw, err := hex.DecodeString(id); err != nil || len(raw) == 0 {
		return nil, nil
	}
	var found *kept
	err := passTable.By(tx, "id", id, func(p kept) error { found = &p; return nil })
	return found, err
}
