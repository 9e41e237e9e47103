package judging

import "fayi/judging/terms"

// Caps bound how many awards go to one unit or one author; see package terms.
type (
	Caps    = terms.Caps
	CapUnit = terms.CapUnit
)

// The two meanings of 单位.
const (
	AuthorUnit = terms.AuthorUnit
	SenderUnit = terms.SenderUnit
)

// CappedUnit returns the unit that the work counts for under a cap. Where a work does not say the one that the rules
// mean, it is the other one.
func (w Work) CappedUnit(c Caps) string {
	if c.UnitKind() == AuthorUnit {
		return w.ShownUnit()
	}
	return w.Body()
}
