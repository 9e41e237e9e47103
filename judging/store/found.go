package store

// Found is what the opening of a store saw that reading it does not show.
type Found string

const (
	// HeadDamaged is one of the two places that say where the data begin: what the last commit wrote may be missing.
	// The next commit writes over it.
	HeadDamaged Found = "head_damaged"
	// SteppedBack is a store that has seen fewer commits than when it was last closed in this place: somebody put an
	// older one there.
	SteppedBack Found = "stepped_back"
	// LogNotServed is a shared log that this computer keeps and others can't reach: another program has its port.
	LogNotServed Found = "log_not_served"
	// CopyRenewed is a copy of a shared contest that was away for so long that it was made again by a snapshot.
	CopyRenewed Found = "copy_renewed"
)

// Inspected is a DB that looks at itself when it is opened.
type Inspected interface {
	// Found lists what was seen and is not noted yet; nothing for a store that is as it was left.
	Found() []Found

	// Noted is called when what was found is written down.
	Noted()
}
