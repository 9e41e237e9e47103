package parcel

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/sheet/celltext"
)

// ManifestName is the file of a zip by which it is known as a part of a parcel.
const ManifestName = "fayi-parcel.json"

// format is the form of parcels that this program reads.
const format = 1

// Limits of a parcel, far above what a unit sends.
const (
	mostManifest = 32 << 20 // bytes
	mostParts    = 1000
	mostWorks    = 20_000
	mostFiles    = 50_000
	mostField    = 100_000 // bytes of one text
)

// Manifest is what a parcel says of itself. Each part carries it whole; the parts' differ in Part alone.
type Manifest struct {
	Format  int    `json:"parcel"`
	ID      string `json:"id"`      // drawn at random when the unit began
	Edition int    `json:"edition"` // packed so many times
	Part    int    `json:"part"`    // from 1
	Parts   int    `json:"parts"`
	Contest string `json:"contest"` // as Key
	// for messages
	ContestName  string `json:"contest_name"`
	RulesVersion int    `json:"rules_version"`
	RulesHash    string `json:"rules_hash"`
	Kit          string `json:"kit,omitempty"` // the call that its page was made for, a kitmark.Mark
	Made         string `json:"made"`          // by the unit's clock
	Unit         string `json:"unit"`
	Contact      string `json:"contact"`
	Phone        string `json:"phone"`
	Email        string `json:"email"`
	Works        []Work `json:"works"`
}

// Work is one work as the unit filled it in.
type Work struct {
	Row      int      `json:"row"` // the number that the unit sees; never given to another work of the parcel
	Title    string   `json:"title"`
	Category string   `json:"category"`
	Group    string   `json:"group"`
	Authors  []string `json:"authors"`
	Unit     string   `json:"unit"`
	Teachers []string `json:"teachers"`
	Phone    string   `json:"phone"`
	Email    string   `json:"email"`
	Intro    string   `json:"intro"`
	Consent  string   `json:"consent,omitempty"` // whether it may be shown, as a cell of a list says it
	Remark   string   `json:"remark"`
	Reason   string   `json:"reason"`   // why it is sent although it is not as the rules ask
	Problems []string `json:"problems"` // what the page said of it to the unit, in its language
	Files    []File   `json:"files"`
}

// File is one file of a work.
type File struct {
	Name  string `json:"name"` // in the zip
	Was   string `json:"was"`  // what it was called at the unit's
	Bytes int64  `json:"bytes"`
	Sum   string `json:"sha256"`
	Part  int    `json:"part"`
}

// parse reads a manifest and holds it to its own rules. Errors: Invalid.
func parse(data []byte, file string) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return m, judging.Fail(judging.Invalid, "parcel.unreadable", judging.Args{"File": file}).Because(err)
	}
	if m.Format > format {
		return m, judging.Fail(judging.Invalid, "parcel.newer", judging.Args{"File": file})
	}
	if !m.sound() {
		return m, judging.Fail(judging.Invalid, "parcel.unreadable", judging.Args{"File": file})
	}
	rows, names := map[int]bool{}, map[string]bool{}
	for _, w := range m.Works {
		if rows[w.Row] {
			return m, judging.Fail(judging.Invalid, "parcel.row_twice", judging.Args{"File": file, "N": w.Row})
		}
		rows[w.Row] = true
		for _, f := range w.Files {
			key := judging.Fold(f.Name)
			if names[key] {
				return m, judging.Fail(judging.Invalid, "parcel.twice", judging.Args{"File": file, "Name": f.Name})
			}
			names[key] = true
		}
	}
	return m, nil
}

var (
	isID  = regexp.MustCompile(`^[0-9a-f]{16}$`)
	isSum = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// sound reports whether all in a manifest is of the form that a page writes.
func (m Manifest) sound() bool {
	if m.Format != format || !isID.MatchString(m.ID) || m.Edition < 1 || m.Parts < 1 || m.Parts > mostParts ||
		m.Part < 1 || m.Part > m.Parts || len(m.Works) > mostWorks {
		return false
	}
	ok, files := true, 0
	text := func(list ...string) {
		for _, s := range list {
			ok = ok && len(s) <= mostField
		}
	}
	text(m.Unit, m.Contact, m.Phone, m.Email, m.ContestName, m.Kit)
	for _, w := range m.Works {
		text(w.Title, w.Category, w.Group, w.Unit, w.Phone, w.Email, w.Intro, w.Consent, w.Remark, w.Reason)
		text(w.Authors...)
		text(w.Teachers...)
		text(w.Problems...)
		ok = ok && w.Row > 0
		files += len(w.Files)
		for _, f := range w.Files {
			ok = ok && f.Bytes >= 0 && isSum.MatchString(f.Sum) && f.Part >= 1 && f.Part <= m.Parts && isPlain(f.Name)
		}
	}
	return ok && files <= mostFiles
}

// isPlain reports whether a name stays below the folder that the manifest lies in.
func isPlain(name string) bool {
	return name != "" && name == path.Clean(name) && !strings.HasPrefix(name, "/") && name != ManifestName &&
		name != ".." && !strings.HasPrefix(name, "../") && !strings.ContainsAny(name, `\:`)
}

// Form is a work as lists bring it, at its place in a parcel called name.
func (m Manifest) Form(w Work, name string) judging.Work {
	out := judging.Work{
		Source:   judging.Place{File: name, Row: w.Row},
		Title:    celltext.TidyLine(w.Title),
		Category: celltext.TidyLine(w.Category),
		Group:    celltext.TidyLine(w.Group),
		Unit:     celltext.TidyLine(w.Unit),
		Sender:   celltext.TidyLine(m.Unit),
		Contact:  celltext.TidyLine(m.Contact),
		Phone:    celltext.TidyLine(w.Phone),
		Email:    celltext.TidyLine(w.Email),
		Intro:    celltext.TidyText(w.Intro),
	}
	out.Authors, out.Teachers = lines(w.Authors), lines(w.Teachers)
	for to, from := range map[*string]string{&out.Unit: m.Unit, &out.Phone: m.Phone, &out.Email: m.Email} {
		if *to == "" {
			*to = celltext.TidyLine(from)
		}
	}
	more := map[string]string{}
	if s := celltext.TidyText(w.Remark); s != "" {
		more["remark"] = s
	}
	if s := celltext.TidyLine(w.Consent); s != "" {
		more[consent.Field] = s
	}
	if s := celltext.TidyText(w.Reason); s != "" {
		more["报送理由"] = s
	}
	if len(more) > 0 {
		out.More = more
	}
	return out
}

func lines(list []string) []string {
	var out []string
	for _, s := range list {
		if s = celltext.TidyLine(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
