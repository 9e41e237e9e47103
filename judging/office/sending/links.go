package sending

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/room/sign"
	"fayi/judging/store"
)

// Issued is a link that was just made, with the token that is shown once.
type Issued struct {
	Unit  string `json:"unit"`
	Token string `json:"token"` // 22 characters, fit for an address
}

// mostToken is longer than any token, in bytes.
const mostToken = 64

// hashOf is what is kept of a token.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte("fayi sending 1\x00" + token))
	return hex.EncodeToString(sum[:])
}

// IssueLinks draws a link for each of the units, in place of any before, which then opens nothing any more. No units
// stand for all of the list that have none. A unit may be one that no list has. Errors: Invalid for a name that is
// not valid, NotFound where no unit is named and no list was imported.
func (o Stage) IssueLinks(ctx context.Context, units []string) ([]Issued, error) {
	if len(units) == 0 {
		s, err := o.Standing(ctx)
		if err != nil {
			return nil, err
		}
		listed := false
		for _, l := range s.Links {
			if listed = listed || l.Listed; l.Listed && l.Issued.IsZero() {
				units = append(units, l.Unit)
			}
		}
		if !listed {
			return nil, judging.Fail(judging.NotFound, "sending.no_units", nil)
		}
	}
	tokens := make([]string, len(units))
	for i := range units {
		var err error
		if tokens[i], err = sign.NewToken(o.rec.Random); err != nil {
			return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
		}
	}
	out := []Issued{}
	if len(units) == 0 {
		return out, nil
	}
	err := o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		register, err := records.LoadUnitRegister(tx)
		if err != nil {
			return err
		}
		out = out[:0]
		for i, unit := range units {
			unit = judging.Tidy(unit)
			if unit == "" || len([]rune(unit)) > 100 {
				return judging.Fail(judging.Invalid, "sending.bad_unit", nil)
			}
			if listed, ok := register.Find(unit); ok {
				unit = register.Now(listed)
			}
			_, err := links.Get(tx, unit)
			had := err == nil
			if err != nil && !errors.Is(err, judging.ErrNotFound) {
				return err
			}
			fresh := link{Unit: unit, Hash: hashOf(tokens[i]), Issued: o.rec.Now().UTC()}
			err = records.FirstError(links.Put(tx, fresh), o.rec.Log(tx, "sending.link", unit,
				map[string]any{"set": had}, map[string]any{"set": true}))
			if err != nil {
				return err
			}
			out = append(out, Issued{Unit: unit, Token: tokens[i]})
		}
		return nil
	})
	return out, err
}

// RevokeLink ends the link of a unit. What it sent stays. Errors: NotFound where it has none.
func (o Stage) RevokeLink(ctx context.Context, unit string) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := links.Get(tx, unit); errors.Is(err, judging.ErrNotFound) {
			return judging.Fail(judging.NotFound, "sending.no_link_of", judging.Args{"Unit": unit})
		} else if err != nil {
			return err
		}
		return records.FirstError(links.Delete(tx, unit),
			o.rec.Log(tx, "sending.revoke", unit, map[string]any{"set": true}, map[string]any{"set": false}))
	})
}
