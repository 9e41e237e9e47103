package collect

import (
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// arrived lists the parcels that somebody did not set aside and whose works are there, in the order of their numbers.
func arrived(tx store.Tx, want func(InboxParcel) bool) ([]InboxParcel, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	var out []InboxParcel
	return out, parcels.Each(tx, func(p Parcel) error {
		if x := (InboxParcel{Parcel: p, Undone: p.undone(live)}); !x.Dropped && !x.Undone && want(x) {
			out = append(out, x)
		}
		return nil
	})
}

// undone reports whether the works of a parcel were taken back.
func (p Parcel) undone(live map[judging.IntakeID]bool) bool { return p.Intake != "" && !live[p.Intake] }
