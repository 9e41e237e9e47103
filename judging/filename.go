package judging

import "fayi/judging/text"

// LegalName makes a name that every system takes out of stem and ending, see text.LegalName.
func LegalName(stem, ending string) string { return text.LegalName(stem, ending) }

// NameBook gives out legal names, each once.
type NameBook = text.NameBook
