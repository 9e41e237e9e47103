package collect

import (
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Papers says which papers came with the parcels of units: Statement and Consent tell it of the unit of a work,
// whatever name it goes by.
type Papers struct{ states unitPapers }

// unitPapers are statement and consent, by the unit's name of now.
type unitPapers struct {
	register records.UnitRegister
	by       map[string][2]bool
}

// PapersOf reads which papers came, of parcels that count.
func PapersOf(tx store.Tx) (Papers, error) {
	p := Papers{unitPapers{by: map[string][2]bool{}}}
	var err error
	if p.states.register, err = records.LoadUnitRegister(tx); err != nil {
		return p, err
	}
	live, err := records.LoadLive(tx)
	if err != nil {
		return p, err
	}
	return p, parcels.Each(tx, func(one Parcel) error {
		if one.Unit != "" && !one.Dropped && (one.Intake == "" || live[one.Intake]) {
			name := p.states.name(one.Unit)
			had := p.states.by[name]
			p.states.by[name] = [2]bool{had[0] || one.Statement, had[1] || one.Consent}
		}
		return nil
	})
}

func (p unitPapers) name(unit string) string {
	if listed, ok := p.register.Find(unit); ok {
		return p.register.Now(listed)
	}
	return unit
}

// Statement reports whether a statement of originality came from a unit; it agrees to the showing of works.
func (p Papers) Statement(unit string) bool { return p.states.by[p.states.name(unit)][0] }

// Consent reports whether a guardian's consent came from a unit.
func (p Papers) Consent(unit string) bool { return p.states.by[p.states.name(unit)][1] }
