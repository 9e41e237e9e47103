package replica

import (
	"encoding/json"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

// stateKey is where a copy keeps how far it is. No table's keys begin like it, and no transaction of a DB sees it.
var stateKey = []byte("\x00log")

// Share is how a contest is shared, as its copy keeps it.
type Share struct {
	Address  string `json:"address"`  // of the log, as its maker reads it
	Key      []byte `json:"key"`      // of the entries
	Position uint64 `json:"position"` // of the last entry that the copy has
	Sum      []byte `json:"sum"`      // of that entry
	Writer   string `json:"writer"`   // the name under which this program writes
	Sealed   bool   `json:"sealed"`   // the contest was sealed when it was shared; each copy is sealed by itself
	Whole    bool   `json:"whole"`    // the copy has all that was there when it joined
	Again    bool   `json:"again"`    // it is being made again by a snapshot, and holds part of it
}

// ErrNotShared matches, by errors.Is, the answer where a contest is not shared.
var ErrNotShared = &judging.Error{Text: "share.not_shared"}

// NotShared is that answer.
func NotShared() error { return judging.Fail(judging.NotFound, "share.not_shared", nil) }

// load reads how a copy is shared; false for one that is not.
func load(tx store.Tx) (s Share, shared bool, err error) {
	raw, err := tx.Get(stateKey)
	switch {
	case errors.Is(err, judging.ErrNotFound):
		return s, false, nil
	case err != nil:
		return s, false, err
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, false, judging.Fail(judging.Corrupt, "share.state_damaged", nil).Because(err)
	}
	return s, true, nil
}

// keep writes how far a copy is.
func keep(tx store.Tx, s Share, p uint64, of sum) error {
	s.Position, s.Sum = p, of[:]
	raw, err := json.Marshal(s)
	if err != nil {
		return judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	return tx.Put(stateKey, raw)
}
