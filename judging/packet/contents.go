package packet

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"time"

	"filippo.io/age"

	"fayi/judging"
)

// Contents is what goes into a packet.
type Contents struct {
	Contest judging.ContestID
	Made    time.Time
	// where the contest's journal stood then, with the whole hash: "128-3fa9…"; "" in packets of older programs
	Mark string `json:"mark,omitempty"`
	// the list as the judge's desk shows it
	Duties judging.Duties
	// what the judge entered before, oldest first
	History map[judging.WorkCode][]judging.ScoreVersion
	// the contest's recipient, from NewReplyKey
	ReplyTo string
	Open    func(context.Context, judging.WorkCode, int) (io.ReadCloser, error) `json:"-"` // the n-th file of a work
}

// list is the part of a packet that the passphrase opens.
type list struct {
	Contents
	Packet string `json:"packet"`
	Sign   []byte `json:"sign"`  // seed of the key that signs replies
	Keep   []byte `json:"keep"`  // key of the journal on the judge's machine
	Media  string `json:"media"` // identity that opens the media
}

// NewID returns a random name for a packet.
func NewID() string {
	b := make([]byte, 8)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// NewReplyKey makes a contest's key: identity stays with the contest, recipient goes into packets.
func NewReplyKey() (identity, recipient string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return id.String(), id.Recipient().String(), nil
}
