package judging

import (
	"maps"
	"slices"
	"strings"
)

// Body returns the unit that a work counts for: the one that sent it in, else the author's.
func (w Work) Body() string {
	if w.Sender != "" {
		return w.Sender
	}
	return w.Unit
}

// WorkStatus says how far a work has come.
type WorkStatus string

// The states of a work. Only Accepted works are assigned and ranked.
const (
	Accepted  WorkStatus = "accepted"  // 合格
	Returned  WorkStatus = "returned"  // 退回补正
	Rejected  WorkStatus = "rejected"  // 不予受理
	Withdrawn WorkStatus = "withdrawn" // 撤回
)

// Place is where something stood in what was brought in: rows count from 1 as the spreadsheet shows them.
type Place struct {
	File  string `json:"file"`
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row,omitempty"`
}

// Work is one submitted work with all that is known of it. Everything but Code, Title, Category, Group and the
// contents of Files would tell a judge who made it: judges get Blind only.
type Work struct {
	ID       WorkID            `json:"id"`
	Code     WorkCode          `json:"code"`
	Number   string            `json:"number,omitempty"` // 作品编号 as the sender wrote it
	Title    string            `json:"title"`
	Category string            `json:"category"`
	Group    string            `json:"group,omitempty"`
	Authors  []string          `json:"authors,omitempty"`
	Unit     string            `json:"unit,omitempty"`   // 作者单位
	Sender   string            `json:"sender,omitempty"` // 报送单位
	Teachers []string          `json:"teachers,omitempty"`
	Contact  string            `json:"contact,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	Email    string            `json:"email,omitempty"`
	IDCard   string            `json:"id_card,omitempty"`
	Intro    string            `json:"intro,omitempty"`
	FileName string            `json:"file_name,omitempty"` // file names the sheet gives, joined by "、"
	More     map[string]string `json:"more,omitempty"`      // other columns: field or header -> value
	Status   WorkStatus        `json:"status"`
	Reasons  []ReviewReason    `json:"reasons,omitempty"`
	Reason   string            `json:"reason,omitempty"` // why returned or rejected, in words
	Files    []File            `json:"files,omitempty"`
	Source   Place             `json:"source"`
	Also     []Place           `json:"also,omitempty"` // other rows of its import that a person had merged with it
}

// File is one piece of media of a work; a work's files stand in the order in which they are to be looked at. Sum is
// the hex SHA-256 of its bytes and names the blob.
type File struct {
	Name  string `json:"name"` // as it came in; never shown to judges
	Kind  string `json:"kind"` // picture, video, audio, document, text, other
	Bytes int64  `json:"bytes"`
	Sum   string `json:"sha256"`
	// belongs to the work but is not judged: a form, a release; judges never see it
	Aside bool   `json:"aside,omitempty"`
	Masks []Mask `json:"masks,omitempty"` // covered in what judges see: a signature, a seal
}

// Mask is a rectangle of a picture, or of a page of a document, that judges see covered. Positions and sizes are
// parts of the upright picture's width and height, 0-1, from its upper left corner.
type Mask struct {
	Page int     `json:"page,omitempty"` // counts from 0
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	W    float64 `json:"w"`
	H    float64 `json:"h"`
}

// WorkCode is the blind number of a work, as "SF-0132": its category's prefix and a number that says nothing of
// order or sender.
type WorkCode string

// BlindWork is all that a judge may see of a work.
type BlindWork struct {
	Code     WorkCode    `json:"code"`
	Title    string      `json:"title"`
	Category string      `json:"category"`
	Group    string      `json:"group,omitempty"`
	Files    []BlindFile `json:"files,omitempty"`
}

// BlindFile is a file without its name.
type BlindFile struct {
	Kind  string `json:"kind"`
	Bytes int64  `json:"bytes"`
}

// Blind returns what a judge may see of w.
func (w Work) Blind() BlindWork {
	b := BlindWork{Code: w.Code, Title: w.Title, Category: w.Category, Group: w.Group}
	for _, f := range w.Judged() {
		b.Files = append(b.Files, BlindFile{Kind: f.Kind, Bytes: f.Bytes})
	}
	return b
}

// Judged returns the files that judges see, in order: all but those set aside.
func (w Work) Judged() []File {
	return slices.DeleteFunc(slices.Clone(w.Files), func(f File) bool { return f.Aside })
}

// ShownUnit returns the unit that lists name next to the author: the author's, else the one that sent the work in, so
// that none is blank where either is known.
func (w Work) ShownUnit() string {
	if w.Unit != "" {
		return w.Unit
	}
	return w.Sender
}

// Key identifies a work among all others by what its sender wrote, so that the same row brought in twice is one work:
// category, title and authors, folded, authors in any order.
func (w Work) Key() string {
	authors := make([]string, len(w.Authors))
	for i, a := range w.Authors {
		authors[i] = Fold(a)
	}
	slices.Sort(authors)
	return Fold(w.Category) + "\x1f" + Fold(w.Title) + "\x1f" + strings.Join(authors, "\x1e")
}

// WorkChange is one field that differs between two states of a work.
type WorkChange struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Changes lists the fields by which next differs from w. What the sender does not write (identity, code, status,
// files, source) is left out, and so is a field that next leaves empty: a later sheet without a column takes
// nothing away.
func (w Work) Changes(next Work) []WorkChange {
	var out []WorkChange
	add := func(field, old, new string) {
		if new != "" && old != new {
			out = append(out, WorkChange{field, old, new})
		}
	}
	for i, f := range workFields {
		add(f.name, *f.of(&w), *workFields[i].of(&next))
	}
	add("authors", strings.Join(w.Authors, "、"), strings.Join(next.Authors, "、"))
	add("teachers", strings.Join(w.Teachers, "、"), strings.Join(next.Teachers, "、"))
	for _, k := range sortedKeys(next.More) {
		add(k, w.More[k], next.More[k])
	}
	return out
}

// Merge returns w with everything that next says, keeping w's identity, code, status and files.
func (w Work) Merge(next Work) Work {
	out := w
	for _, f := range workFields {
		if v := *f.of(&next); v != "" {
			*f.of(&out) = v
		}
	}
	if len(next.Authors) > 0 {
		out.Authors = next.Authors
	}
	if len(next.Teachers) > 0 {
		out.Teachers = next.Teachers
	}
	out.More = mergeMaps(w.More, next.More)
	out.Source = next.Source
	return out
}

type workField struct {
	name string
	of   func(*Work) *string
}

var workFields = []workField{
	{"number", func(w *Work) *string { return &w.Number }},
	{"title", func(w *Work) *string { return &w.Title }},
	{"category", func(w *Work) *string { return &w.Category }},
	{"group", func(w *Work) *string { return &w.Group }},
	{"unit", func(w *Work) *string { return &w.Unit }},
	{"sender", func(w *Work) *string { return &w.Sender }},
	{"contact", func(w *Work) *string { return &w.Contact }},
	{"phone", func(w *Work) *string { return &w.Phone }},
	{"email", func(w *Work) *string { return &w.Email }},
	{"id_card", func(w *Work) *string { return &w.IDCard }},
	{"intro", func(w *Work) *string { return &w.Intro }},
	{"file_name", func(w *Work) *string { return &w.FileName }},
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// mergeMaps returns a with the values of b that say something laid over it; neither is changed.
func mergeMaps(a, b map[string]string) map[string]string {
	if len(b) == 0 {
		return a
	}
	out := maps.Clone(a)
	if out == nil {
		out = make(map[string]string, len(b))
	}
	for k, v := range b {
		if v != "" {
			out[k] = v
		}
	}
	return out
}

func sortedInts[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }
