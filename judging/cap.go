package judging

// Caps bound how many awards go to one unit or one author.
type Caps struct {
	// most awards for one unit in a category and group; 0: no bound
	PerUnit int `toml:"per_unit,omitempty" json:"per_unit,omitempty"`
	// most awards for one author in the whole contest, the best ones; 0: no bound
	PerAuthor int `toml:"per_author,omitempty" json:"per_author,omitempty"`
	// the next ones move up; else the lists only say so
	Enforce bool `toml:"enforce,omitempty" json:"enforce,omitempty"`
}
