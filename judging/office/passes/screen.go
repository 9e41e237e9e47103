package passes

import (
	"context"
	"crypto/subtle"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/room/sign"
	"fayi/judging/store"
)

// ScreenPass returns the token that opens the big screen; it opens nothing else. It is made when it is first asked for.
// With renew another takes its place, and screens that were opened with the one before show nothing new any more.
// Errors: Unavailable.
func (o Stage) ScreenPass(ctx context.Context, renew bool) (string, error) {
	fresh, err := sign.NewToken(o.rec.Random)
	if err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	if kept, err := records.View(ctx, o.rec.DB, screenToken); err != nil || kept != "" && !renew {
		return kept, err
	}
	token := ""
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		kept, err := screenToken(tx)
		if token = kept; err != nil || kept != "" && !renew {
			return err
		}
		token = fresh
		return records.FirstError(keyTable.Put(tx, roomKey{ID: screenKey, Secret: []byte(fresh)}),
			o.rec.Log(tx, "room.screen", "", map[string]any{"set": kept != ""}, map[string]any{"set": true}))
	})
	return token, err
}

// screenToken returns the token of the screen, "" where there is none.
func screenToken(tx store.Tx) (string, error) {
	k, err := keyTable.Get(tx, screenKey)
	if judging.CodeOf(err) == judging.NotFound {
		err = nil
	}
	return string(k.Secret), err
}

// Screen lets a big screen in that has the token. Errors: Forbidden for any other.
func (d Door) Screen(ctx context.Context, token string) error {
	kept, err := records.View(ctx, d.rec.DB, screenToken)
	if err != nil {
		return err
	}
	if kept == "" || subtle.ConstantTimeCompare([]byte(kept), []byte(token)) != 1 {
		return judging.Fail(judging.Forbidden, "room.no_screen", nil)
	}
	return nil
}
