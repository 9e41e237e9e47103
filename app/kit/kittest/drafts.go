package kittest

// Drafts is a draft.Drafts in memory.
type Drafts struct {
	Kept map[string][]byte // drafts by key
}

// Draft returns what is kept under key.
func (d *Drafts) Draft(key string) []byte { return d.Kept[key] }

// KeepDraft keeps data under key, nil forgets it.
func (d *Drafts) KeepDraft(key string, data []byte) {
	if d.Kept == nil {
		d.Kept = map[string][]byte{}
	}
	d.Kept[key] = data
	if data == nil {
		delete(d.Kept, key)
	}
}
