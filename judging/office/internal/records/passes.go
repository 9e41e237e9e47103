package records

import (
	"encoding/hex"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Pass is what lets a judge score in the room with a device of their own. The token itself is kept nowhere: only what
// it hashes to.
type Pass struct {
	Judge  judging.JudgeID `json:"judge"`
	ID     string          `json:"id"`               // names the pass in requests; says nothing of the token
	Key    []byte          `json:"key"`              // SHA-256 of the token; signs requests
	Device []byte          `json:"device,omitempty"` // SHA-256 of the device that came first, none before
	Free   bool            `json:"free,omitempty"`   // another device may take its place
	Kind   string          `json:"kind,omitempty"`   // what kind of device it said to be, a word of devices
	Issued time.Time       `json:"issued"`
	Bound  time.Time       `json:"bound,omitzero"` // when the device came first
}

// Passes has at most one pass of each judge.
var Passes = store.NewTable("pass", 1, func(p *Pass) string { return string(p.Judge) },
	store.Index[Pass]{Name: "id", Values: func(p *Pass) []string { return []string{p.ID} }})

// RoomKey is the contest's own secret for what the room hands out: addresses of media and marks of their content.
type RoomKey struct {
	ID     string `json:"id"`
	Secret []byte `json:"secret"` // 32 bytes
}

// RoomKeys holds one key.
var RoomKeys = store.NewTable("room_key", 1, func(k *RoomKey) string { return k.ID })

// LoadPass returns the pass of a judge, nil where there is none.
func LoadPass(tx store.Tx, judge judging.JudgeID) (*Pass, error) {
	p, err := Passes.Get(tx, string(judge))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &p, err
}

// FindPass returns the pass of an identity, nil where there is none.
func FindPass(tx store.Tx, id string) (*Pass, error) {
	if raw, err := hex.DecodeString(id); err != nil || len(raw) == 0 {
		return nil, nil
	}
	var found *Pass
	err := Passes.By(tx, "id", id, func(p Pass) error { found = &p; return nil })
	return found, err
}
