package judging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// Entry is one line of the journal: who changed what, when, and the hash of the entry before, so that no line can
// be changed or taken out unseen.
type Entry struct {
	Seq    int             `json:"seq"` // from 1, without gaps
	At     time.Time       `json:"at"`
	By     string          `json:"by"`
	On     string          `json:"on,omitempty"` // with which program, and on what its person calls the computer
	Verb   string          `json:"verb"`         // the operation, as "works.import"
	Of     string          `json:"of,omitempty"` // what it was done to: an identity
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
	// Sums are those of the records that were written with the entry, by name; "-" is one that was deleted.
	Sums map[string]string `json:"sums,omitempty"`
	Prev string            `json:"prev"` // hash of the entry before; "" for the first
	Hash string            `json:"hash"`
}

// Seal returns e as the follower of prev: numbered, linked and hashed.
func (e Entry) Seal(prev Entry) Entry {
	// JSON keeps only valid UTF-8: what it would replace later is replaced before it is hashed.
	e.By = strings.ToValidUTF8(e.By, "\uFFFD")
	e.On = strings.ToValidUTF8(e.On, "\uFFFD")
	e.Verb = strings.ToValidUTF8(e.Verb, "\uFFFD")
	e.Of = strings.ToValidUTF8(e.Of, "\uFFFD")
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.Hash = e.digest()
	return e
}

// Follows reports whether e is the unaltered follower of prev.
func (e Entry) Follows(prev Entry) bool {
	return e.Seq == prev.Seq+1 && e.Prev == prev.Hash && e.Hash != "" && e.Hash == e.digest()
}

// digest hashes the JSON form of e without its Hash. encoding/json writes struct fields in a fixed order, which
// makes it repeatable. It is "" for what JSON cannot hold.
func (e Entry) digest() string {
	e.Hash = ""
	e.At = e.At.UTC()
	data, err := json.Marshal(e)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
