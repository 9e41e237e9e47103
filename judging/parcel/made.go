package parcel

import (
	"fayi/judging"
	"fayi/judging/media/archive"
)

// MadeFor reports whether a file is the manifest of a parcel made for a contest. Nothing of the parcel is checked
// besides.
func MadeFor(e archive.Entry, c judging.Contest) bool {
	if e.Name != ManifestName {
		return false
	}
	p, err := begin("", e)
	return err == nil && p.Contest == Key(c)
}
