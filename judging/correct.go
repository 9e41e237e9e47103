package judging

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fayi/judging/text"
)

// Revision is what one act changed of one work, for its history: who, when, each field before and after, and why.
// It never changes once written; an undo is a revision of its own and marks the one it takes back.
type Revision struct {
	Work    WorkID       `json:"work"`
	Act     string       `json:"act"` // the correction "k003" or the import "i002" that it belongs to
	At      time.Time    `json:"at"`
	By      string       `json:"by"`
	Reason  string       `json:"reason"`           // of a correction in words; of an import the names of its files
	Changes []WorkChange `json:"changes"`          // by field, in the order of CorrectableFields
	Final   bool         `json:"final,omitempty"`  // made after the awards were final: a corrected document
	Undoes  string       `json:"undoes,omitempty"` // the correction that this one takes back
	Undone  string       `json:"undone,omitempty"` // the correction by which it was taken back
	Redoes  string       `json:"redoes,omitempty"` // the correction that was taken back and is made again by this one
}

// MaxFieldLength is how many characters a corrected field may have.
const MaxFieldLength = 500

// CorrectableFields names the fields of a work that an organiser may put right, in the order in which they are shown.
var CorrectableFields = []string{
	"title", "authors", "unit", "sender", "teachers", "category", "group", "contact", "phone", "email", ConsentField,
}

// ConsentField is whether the work may be shown in public, as package consent reads it; an import keeps it in More.
const ConsentField = "consent"

// FinalFields are those that may still be put right when the awards are final: what documents print, and whether a work
// may be shown. None decides an award.
var FinalFields = []string{"title", "authors", "unit", "sender", "teachers", ConsentField}

// privateFields are kept out of the journal: it says that they changed, not to what.
var privateFields = []string{"contact", "phone", "email", "id_card"}

// IsPrivateField reports whether a field's values stay out of the journal.
func IsPrivateField(field string) bool { return slices.Contains(privateFields, field) }

// Field returns a field of w as text, names joined by "、", "" for one that is not known.
func (w Work) Field(name string) string {
	switch name {
	case "authors":
		return strings.Join(w.Authors, "、")
	case "teachers":
		return strings.Join(w.Teachers, "、")
	case ConsentField:
		return w.More[ConsentField]
	}
	for _, f := range workFields {
		if f.name == name {
			return *f.of(&w)
		}
	}
	return ""
}

// With returns w with one field set to a text as Field gives it. Unlike Merge it can empty a field. Errors: Invalid
// for a field that can't be corrected, for a text that is too long, and for a work without title or authors.
func (w Work) With(field, value string) (Work, error) {
	if !slices.Contains(CorrectableFields, field) {
		return w, Fail(Invalid, "correct.unknown_field", Args{"Field": field})
	}
	if value = Tidy(value); utf8.RuneCountInString(value) > MaxFieldLength {
		return w, Fail(Invalid, "correct.too_long", Args{"Most": MaxFieldLength})
	}
	names := SplitNames(value)
	if value == "" && field == "title" || len(names) == 0 && field == "authors" {
		return w, Fail(Invalid, "correct.needs_"+field, nil)
	}
	switch field {
	case "authors":
		w.Authors = names
		return w, nil
	case "teachers":
		w.Teachers = names
		return w, nil
	case ConsentField:
		w.More = maps.Clone(w.More)
		if delete(w.More, ConsentField); value != "" {
			if w.More == nil {
				w.More = map[string]string{}
			}
			w.More[ConsentField] = value
		}
		return w, nil
	}
	for _, f := range workFields {
		if f.name == field {
			*f.of(&w) = value
		}
	}
	return w, nil
}

// SplitNames parts a list of names as people write it.
func SplitNames(list string) []string { return text.SplitNames(list) }

// Differences lists the correctable fields by which next differs from w, emptied ones too.
func (w Work) Differences(next Work) []WorkChange {
	var out []WorkChange
	for _, field := range CorrectableFields {
		if a, b := w.Field(field), next.Field(field); a != b {
			out = append(out, WorkChange{Field: field, Old: a, New: b})
		}
	}
	return out
}

// CorrectionStage is how far a contest has come with one work, as far as the correction of its data depends on it.
type CorrectionStage struct {
	Final    bool // the awards are final
	Shown    bool // a public notice stands
	Planned  bool // judges have the work, or the contest is past its first round
	Scored   bool // the work has a score in any round
	HasGroup bool // the work has a group already: a missing one may be filled in later than one is changed
}

// Allows refuses the change of a field that the stage no longer lets through. Errors: Closed.
func (s CorrectionStage) Allows(field string) error {
	switch {
	case s.Final && !slices.Contains(FinalFields, field):
		return Fail(Closed, "correct.final", nil)
	case field == "category" && (s.Planned || s.Scored):
		return Fail(Closed, "correct.category_late", nil)
	case field == "group" && s.Shown:
		return Fail(Closed, "correct.group_shown", nil)
	case field == "group" && s.Scored && s.HasGroup:
		return Fail(Closed, "correct.group_late", nil)
	}
	return nil
}

// AllowsAll refuses changes of which the stage does not let one through. Errors: Closed.
func (s CorrectionStage) AllowsAll(changes []WorkChange) error {
	for _, c := range changes {
		if err := s.Allows(c.Field); err != nil {
			return err
		}
	}
	return nil
}
