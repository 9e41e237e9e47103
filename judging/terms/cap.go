package terms

// Caps bound how many awards go to one unit or one author.
type Caps struct {
	// most awards for one unit in a category and group; 0: no bound
	PerUnit int `toml:"per_unit,omitempty" json:"per_unit,omitempty"`
	// which unit a work counts for under PerUnit; empty: SenderUnit
	Unit CapUnit `toml:"unit,omitempty" json:"unit,omitempty"`
	// most awards for one author in the whole contest, the best ones; 0: no bound
	PerAuthor int `toml:"per_author,omitempty" json:"per_author,omitempty"`
	// the next ones move up; else the lists only say so
	Enforce bool `toml:"enforce,omitempty" json:"enforce,omitempty"`
}

// CapUnit says what a cap of units means by a unit.
type CapUnit string

// The two meanings of 单位.
const (
	AuthorUnit CapUnit = "author" // 作者单位
	SenderUnit CapUnit = "sender" // 报送单位
)

// UnitKind returns what the cap means by a unit.
func (c Caps) UnitKind() CapUnit {
	if c.Unit == "" {
		return SenderUnit
	}
	return c.Unit
}
