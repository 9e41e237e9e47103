package records

import (
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// Papers of which is kept what they said when they were last made.
const (
	IssuedNotice = "notice" // the list for public notice, while a notice stands
	IssuedList   = "list"   // the award list, from the notice on
)

// Issued is what a paper said of each work when it was last made.
type Issued struct {
	Kind string                           `json:"kind"`
	At   time.Time                        `json:"at"`
	Said map[judging.WorkID]superior.Said `json:"said"`
}

// IssuedPapers holds the last paper of each kind.
var IssuedPapers = store.NewTable("issued", 1, func(i *Issued) string { return i.Kind })

// SaidNow is what a paper made now says of works with these awards.
func SaidNow(tx store.Tx, won map[judging.WorkID]string) (map[judging.WorkID]superior.Said, error) {
	out := map[judging.WorkID]superior.Said{}
	for id, award := range won {
		w, err := LoadWork(tx, id)
		if err != nil {
			return nil, err
		}
		out[id] = superior.Said{Code: w.Code, Award: award, Title: w.Title, Authors: w.Authors, Unit: w.Unit}
	}
	return out, nil
}

// KeepIssued keeps what a paper said, once it was written. It leaves no line in the journal: papers of one state print
// the same mark, and making one changes nothing in the contest.
func KeepIssued(
	ctx context.Context, o *Records, kind string, said map[judging.WorkID]superior.Said,
) error {
	return o.In(Reporting).Update(ctx, func(tx store.Tx) error {
		return IssuedPapers.Put(tx, Issued{Kind: kind, At: o.Now().UTC(), Said: said})
	})
}

// LastIssued is the last paper of a kind, nil where none was kept: made before the program kept them, or never.
func LastIssued(tx store.Tx, kind string) (*Issued, error) {
	i, err := IssuedPapers.Get(tx, kind)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &i, err
}
