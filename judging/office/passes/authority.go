package passes

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/room/cert"
	"fayi/judging/store"
)

// Authority returns the contest's own authority, by which devices know its rooms on HTTPS. It is made when it is first
// asked for, kept with the contest – sealed where the contest is –, and made again when it soon ends: then devices
// have to be made to trust the new one. Errors: Unavailable.
func (o Stage) Authority(ctx context.Context) (*cert.Authority, error) {
	kept, err := records.View(ctx, o.rec.DB, loadAuthority)
	if err != nil || kept != nil && kept.Lasts(o.rec.Now()) {
		return kept, err
	}
	c, err := records.View(ctx, o.rec.DB, records.LoadContest)
	if err != nil {
		return nil, err
	}
	fresh, err := cert.NewAuthority(c.Title(), o.rec.Now(), o.rec.Random)
	if err != nil {
		return nil, err
	}
	packed, err := fresh.Pack()
	if err != nil {
		return nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": ""}).Because(err)
	}
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		before, err := loadAuthority(tx)
		if err != nil {
			return err
		}
		if before != nil && before.Lasts(o.rec.Now()) { // another program was first
			fresh = before
			return nil
		}
		return records.FirstError(keyTable.Put(tx, roomKey{ID: authorityKey, Secret: packed}),
			o.rec.Log(tx, "room.authority", "", map[string]any{"set": before != nil}, map[string]any{"set": true}))
	})
	return fresh, err
}

// loadAuthority returns nil where there is none.
func loadAuthority(tx store.Tx) (*cert.Authority, error) {
	k, err := keyTable.Get(tx, authorityKey)
	if judging.CodeOf(err) == judging.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a, err := cert.Unpack(k.Secret)
	if err != nil {
		err = judging.Fail(judging.Corrupt, "room.bad_authority", nil).Because(err)
	}
	return a, err
}
